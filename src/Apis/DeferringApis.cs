using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>When a method runs the delegate that it is given, seen from its caller.</summary>
internal enum RunTime
{
    /// <summary>Nothing is known of it.</summary>
    Unknown,

    /// <summary>Before the call returns, up to the delegate's first <c>await</c>.</summary>
    AtOnce,

    /// <summary>At once in a group without a limit, else when a slot is free.</summary>
    WithSlot,

    /// <summary>Before the task that the call returns has completed, up to the delegate's first <c>await</c>.</summary>
    BeforeResult,

    /// <summary>At any time after.</summary>
    Later,
}

/// <summary>One row: a method or constructor that takes a delegate and runs it.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The method's name, or <c>.ctor</c>.</param>
/// <param name="Runs">When the delegate runs.</param>
/// <param name="Display">How messages name it.</param>
/// <param name="Outlives">The task that it returns completes before the work has ended.</param>
internal sealed record DeferringApi(
    string Type, string Member, RunTime Runs, string Display, bool Outlives = false) : IApiRow;

/// <summary>Knows when a method runs the delegate that it is given.</summary>
internal sealed class DeferringApis
{
    private const string Threading = "System.Threading.";
    private const string Tasks = Threading + "Tasks.";
    private const string Group = "ScopedTasks.TaskGroup";

    private static readonly ConditionalWeakTable<KnownTypes, DeferringApis> ByTypes = new();

    // What two threads tell one another by.
    private static readonly HashSet<string> Signals = new(StringComparer.Ordinal)
    {
        "TaskCompletionSource", "SemaphoreSlim", "Semaphore", "ManualResetEventSlim", "ManualResetEvent",
        "AutoResetEvent", "EventWaitHandle", "CountdownEvent", "Barrier", "Mutex", "Channel", "ChannelReader",
        "ChannelWriter", "BlockingCollection",
    };

    private readonly ApiRows<DeferringApi> _rows;

    private DeferringApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<DeferringApi> Rows { get; } = ImmutableArray.Create<DeferringApi>(
        new(Tasks + "Task", "Run", RunTime.Later, "Task.Run"),
        new(Tasks + "Task", ".ctor", RunTime.Later, "new Task"),
        new(Tasks + "Task`1", ".ctor", RunTime.Later, "new Task"),
        new(Tasks + "Task", "ContinueWith", RunTime.Later, "ContinueWith"),
        new(Tasks + "Task`1", "ContinueWith", RunTime.Later, "ContinueWith"),
        new(Tasks + "TaskFactory", "StartNew", RunTime.Later, "StartNew"),
        new(Tasks + "TaskFactory`1", "StartNew", RunTime.Later, "StartNew"),
        new(Tasks + "TaskFactory", "ContinueWhenAll", RunTime.Later, "ContinueWhenAll"),
        new(Tasks + "TaskFactory", "ContinueWhenAny", RunTime.Later, "ContinueWhenAny"),
        new(Threading + "ThreadPool", "QueueUserWorkItem", RunTime.Later, "QueueUserWorkItem"),
        new(Threading + "ThreadPool", "UnsafeQueueUserWorkItem", RunTime.Later, "UnsafeQueueUserWorkItem"),
        new(Threading + "ThreadPool", "RegisterWaitForSingleObject", RunTime.Later, "RegisterWaitForSingleObject"),
        new(Threading + "Thread", ".ctor", RunTime.Later, "Thread"),
        new(Threading + "Timer", ".ctor", RunTime.Later, "Timer"),
        new(Threading + "SynchronizationContext", "Post", RunTime.Later, "Post"),
        new(Group, "SpawnOnThreadPool", RunTime.Later, "SpawnOnThreadPool"),
        new(Group, "RunOnThreadPool", RunTime.Later, "RunOnThreadPool"),
        new(Group, "Spawn", RunTime.WithSlot, "Spawn"),
        new(Group, "Run", RunTime.WithSlot, "Run"),
        new(Group, "SpawnAsync", RunTime.BeforeResult, "SpawnAsync", Outlives: true),
        new(Group, "StartAsync", RunTime.AtOnce, "StartAsync", Outlives: true),
        new(Group, "RunService", RunTime.AtOnce, "RunService"),
        new(Group, "RunAsync", RunTime.AtOnce, "TaskGroup.RunAsync"),
        new("ScopedTasks.BackgroundTasks", "Spawn", RunTime.AtOnce, "BackgroundTasks.Spawn"),
        new("System.Collections.Generic.List`1", "ForEach", RunTime.AtOnce, "List.ForEach"),
        new("System.Array", "ForEach", RunTime.AtOnce, "Array.ForEach"));

    public static DeferringApis Of(KnownTypes types) =>
        ByTypes.GetValue(types, static types => new DeferringApis(types));

    public DeferringApi? RowOf(IMethodSymbol method) => _rows.Of(method.ContainingType, method.Name);

    /// <summary>Whether a method of that name, whoever declares it, looks like waiting for somebody else.</summary>
    public static bool LooksLikeWait(string methodName) =>
        SpawningApis.LooksLikeWait(methodName)
        || methodName is "Join" or "WaitAll" or "WaitAny" or "SignalAndWait" or "GetResult" or "Take";

    /// <summary>Whether a value of the type lets one thread wait for what another has done.</summary>
    public static bool IsSignal(ITypeSymbol? type) => type is not null && Signals.Contains(type.Name);
}
