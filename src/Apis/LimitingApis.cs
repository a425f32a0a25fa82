using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>One row: a method that runs a delegate for every element, so many at once.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name.</param>
/// <param name="Display">How messages name it.</param>
internal sealed record LimitingApi(string Type, string Member, string Display) : IApiRow;

/// <summary>Knows which methods run a delegate for every element with a limit of their own.</summary>
internal sealed class LimitingApis
{
    private static readonly ConditionalWeakTable<KnownTypes, LimitingApis> ByTypes = new();

    private readonly ApiRows<LimitingApi> _rows;

    private LimitingApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<LimitingApi> Rows { get; } = ImmutableArray.Create(
        new LimitingApi("System.Threading.Tasks.Parallel", "ForEachAsync", "Parallel.ForEachAsync"),
        new LimitingApi("ScopedTasks.TaskGroup", "ForEachAsync", "TaskGroup.ForEachAsync"),
        new LimitingApi("ScopedTasks.TaskGroup", "SelectAsync", "TaskGroup.SelectAsync"));

    public static LimitingApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new LimitingApis(types));

    public LimitingApi? RowOf(IMethodSymbol method) => _rows.Of(method.ContainingType, method.Name);

    /// <summary>A cheap first look.</summary>
    public static bool LooksLikeLimit(string methodName) => methodName is "ForEachAsync" or "SelectAsync";
}
