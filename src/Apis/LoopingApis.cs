using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One row: a method that runs a delegate for every element, or every delegate that it is given.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name.</param>
/// <param name="Display">How messages name it.</param>
/// <param name="IsParallel">It runs the delegate on the thread pool, many at once.</param>
/// <param name="Package">The package that holds the type; null for the framework.</param>
internal sealed record LoopingApi(
    string Type, string Member, string Display, bool IsParallel = false, string? Package = null) : IApiRow;

/// <summary>Knows which methods are loops whose body is a delegate that returns nothing.</summary>
internal sealed class LoopingApis
{
    private static readonly ConditionalWeakTable<KnownTypes, LoopingApis> ByTypes = new();

    private readonly ApiRows<LoopingApi> _rows;

    private LoopingApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<LoopingApi> Rows { get; } = ImmutableArray.Create<LoopingApi>(
        new("System.Collections.Generic.List`1", "ForEach", "List.ForEach"),
        new("System.Array", "ForEach", "Array.ForEach"),
        new("System.Collections.Immutable.ImmutableList`1", "ForEach", "ImmutableList.ForEach"),
        new("System.Collections.Immutable.ImmutableList`1+Builder", "ForEach", "ImmutableList.Builder.ForEach"),
        new("System.Threading.Tasks.Parallel", "For", "Parallel.For", IsParallel: true),
        new("System.Threading.Tasks.Parallel", "ForEach", "Parallel.ForEach", IsParallel: true),
        new("System.Threading.Tasks.Parallel", "Invoke", "Parallel.Invoke", IsParallel: true),
        new("System.Linq.ParallelEnumerable", "ForAll", "ForAll", IsParallel: true));

    public static LoopingApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new LoopingApis(types));

    public LoopingApi? RowOf(IMethodSymbol method) => _rows.Of(method.ContainingType, method.Name);
}
