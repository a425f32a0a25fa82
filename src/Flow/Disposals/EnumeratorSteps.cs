using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Disposals;

/// <summary>Decides what a mention of a local does with the enumerator that it holds.</summary>
/// <param name="enumerator">The interface of enumerators.</param>
/// <param name="configured">That of a stream with a token or a configuration; null where there is none.</param>
internal sealed class EnumeratorSteps(INamedTypeSymbol enumerator, INamedTypeSymbol? configured) : ILocalSteps
{
    public bool Track(ITypeSymbol type) =>
        type.IsOrDerivesFrom(enumerator) || (configured is not null && type.Is(configured));

    public LocalStep? Of(ILocalReferenceOperation reference) =>
        IsDisposed(reference) || !IsKnown(reference) ? LocalStep.Touched : null;

    public static bool IsDisposed(ILocalReferenceOperation mention) =>
        mention.WithConversions() is var value
        && value.Parent is IInvocationOperation { TargetMethod.Name: "DisposeAsync" } call
        && call.Instance == value;

    /// <summary>Whether it is what a <c>using</c> disposes.</summary>
    public static bool IsResource(ILocalReferenceOperation mention) =>
        mention.Syntax.Parent is UsingStatementSyntax
        || mention.Syntax.FirstAncestorOrSelf<UsingStatementSyntax>()?.Expression?.Span.Contains(mention.Syntax.Span)
            is true;

    /// <summary>Whether it is moved, looked at, or disposed, and nothing else.</summary>
    public static bool IsKnown(ILocalReferenceOperation mention)
    {
        var value = mention.WithConversions();
        return value.Parent switch
        {
            IInvocationOperation { TargetMethod.Name: "MoveNextAsync" or "DisposeAsync" } call =>
                call.Instance == value,
            IPropertyReferenceOperation { Property.Name: "Current" } => true,
            ISimpleAssignmentOperation assignment => assignment.Target == value,
            IBinaryOperation or IIsPatternOperation or INameOfOperation => true,
            _ => false,
        };
    }
}
