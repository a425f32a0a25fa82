using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>Where a method starts the work that it is given.</summary>
internal enum SpawnTarget
{
    /// <summary>It starts nothing that we know of, apart from its own task.</summary>
    None,

    /// <summary>On the thread pool, as a task that it returns.</summary>
    PoolTask,

    /// <summary>On the thread pool, with nothing to hold.</summary>
    Pool,

    /// <summary>On a thread of its own.</summary>
    Thread,

    /// <summary>In a task group, with nothing to hold.</summary>
    Group,

    /// <summary>In the group of the whole process.</summary>
    Background,
}

/// <summary>One row: a method that starts work.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name.</param>
/// <param name="Target">Where the work runs.</param>
/// <param name="Display">How messages name it.</param>
internal sealed record SpawningApi(string Type, string Member, SpawnTarget Target, string Display) : IApiRow;

/// <summary>Knows which methods start work that is handed to them, and which names bound how much of it runs.</summary>
internal sealed class SpawningApis
{
    private static readonly ConditionalWeakTable<KnownTypes, SpawningApis> ByTypes = new();

    // Names that wait for room, and names that take a part or flush, wherever they are declared.
    private static readonly HashSet<string> Waits = new(StringComparer.Ordinal)
    {
        "WaitAsync", "Wait", "WaitOne", "EnterAsync", "LockAsync", "AcquireAsync", "SpawnAsync",
    };

    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "WhenAny", "WhenAll", "WaitAny", "WaitAll", "Take", "TakeLast", "Chunk", "Batch", "Buffer", "ForEachAsync",
    };

    private readonly ApiRows<SpawningApi> _rows;

    private SpawningApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<SpawningApi> Rows { get; } = ImmutableArray.Create<SpawningApi>(
        new("System.Threading.Tasks.Task", "Run", SpawnTarget.PoolTask, "Task.Run"),
        new("System.Threading.Tasks.TaskFactory", "StartNew", SpawnTarget.PoolTask, "StartNew"),
        new("System.Threading.Tasks.TaskFactory`1", "StartNew", SpawnTarget.PoolTask, "StartNew"),
        new("System.Threading.ThreadPool", "QueueUserWorkItem", SpawnTarget.Pool, "QueueUserWorkItem"),
        new("System.Threading.ThreadPool", "UnsafeQueueUserWorkItem", SpawnTarget.Pool, "UnsafeQueueUserWorkItem"),
        new("System.Threading.Thread", "Start", SpawnTarget.Thread, "Thread"),
        new("System.Threading.Thread", "UnsafeStart", SpawnTarget.Thread, "Thread"),
        new("ScopedTasks.TaskGroup", "Spawn", SpawnTarget.Group, "Spawn"),
        new("ScopedTasks.TaskGroup", "SpawnOnThreadPool", SpawnTarget.Group, "SpawnOnThreadPool"),
        new("ScopedTasks.BackgroundTasks", "Spawn", SpawnTarget.Background, "BackgroundTasks.Spawn"));

    public static SpawningApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new SpawningApis(types));

    public SpawnTarget Of(IMethodSymbol method) => RowOf(method)?.Target ?? SpawnTarget.None;

    public SpawningApi? RowOf(IMethodSymbol method) => _rows.Of(method.ContainingType, method.Name);

    /// <summary>A cheap first look at a call that gives no task.</summary>
    public static bool LooksLikeSpawn(string methodName) =>
        methodName is "Spawn" or "Start" or "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" or "UnsafeStart"
            or "SpawnOnThreadPool";

    /// <summary>Whether a method of that name, whoever declares it, looks like waiting for room.</summary>
    public static bool LooksLikeWait(string methodName) => Waits.Contains(methodName);

    /// <summary>Whether a method of that name, whoever declares it, looks like a bound on what is started.</summary>
    public static bool LooksLikeBound(string methodName) => Waits.Contains(methodName) || Parts.Contains(methodName);
}
