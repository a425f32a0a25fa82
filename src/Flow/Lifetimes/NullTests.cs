using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides what a pattern or constant says of null.</summary>
internal static class NullTests
{
    public static bool IsNull(IOperation operation) => operation.WithoutConversions()
        is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null } };

    /// <summary>What the pattern says of a value that is not null; null where it asks more than that.</summary>
    public static bool? Of(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation constant when IsNull(constant.Value) => false,
        INegatedPatternOperation negated => !Of(negated.Pattern),
        IRecursivePatternOperation
        {
            DeclaredSymbol: null,
            PropertySubpatterns.IsEmpty: true,
            DeconstructionSubpatterns.IsEmpty: true,
        } => true,
        _ => null,
    };
}
