using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>What makes the callback come again and again.</summary>
internal enum TickSource
{
    /// <summary>A timer that calls back.</summary>
    Timer,

    /// <summary>A timer whose ticks are awaited in a loop.</summary>
    Loop,

    /// <summary>Something that happens as often as it likes.</summary>
    Event,
}

/// <summary>One row: what calls back repeatedly, and does not wait for what the callback starts.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The event, the method that takes the callback, or <c>.ctor</c>.</param>
/// <param name="Source">What makes it come again.</param>
/// <param name="Display">How messages name one time.</param>
/// <param name="Package">The package that holds the type; null for the framework.</param>
internal sealed record TickingApi(
    string Type, string Member, TickSource Source, string Display, string? Package = null) : IApiRow;

/// <summary>Knows which callbacks come repeatedly, and what keeps one from running beside the last one.</summary>
internal sealed class TickingApis
{
    private const string Watcher = "System.IO.FileSystemWatcher";

    private static readonly ConditionalWeakTable<KnownTypes, TickingApis> ByTypes = new();

    // Names whose answer lets only one of many go on.
    private static readonly HashSet<string> Gates = new(StringComparer.Ordinal)
    {
        "TryEnter", "CompareExchange", "Exchange", "Increment", "AttemptAcquire", "TryAcquire", "TryAcquireAsync",
    };

    // Names that keep the source quiet.
    private static readonly HashSet<string> Stops = new(StringComparer.Ordinal)
    {
        "Stop", "Change", "Dispose", "DisposeAsync",
    };

    private static readonly string[] Sources = ["timer", "watcher", "sender", "subscription"];

    // Operators that end a sequence.
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "Take", "First", "FirstAsync", "FirstOrDefaultAsync", "Last", "LastAsync", "Single", "SingleAsync", "ToTask",
    };

    // What people call a flag that says so.
    private static readonly string[] Flags = ["busy", "running", "progress", "executing", "processing"];

    private readonly ApiRows<TickingApi> _rows;

    private TickingApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<TickingApi> Rows { get; } = ImmutableArray.Create<TickingApi>(
        new("System.Threading.Timer", ".ctor", TickSource.Timer, "tick of 'Timer'"),
        new("System.TimeProvider", "CreateTimer", TickSource.Timer, "tick of 'CreateTimer'"),
        new("System.Timers.Timer", "Elapsed", TickSource.Timer, "tick of 'Timer.Elapsed'"),
        new("System.Threading.PeriodicTimer", "WaitForNextTickAsync", TickSource.Loop, "tick of 'PeriodicTimer'"),
        new("System.Windows.Threading.DispatcherTimer", "Tick", TickSource.Timer, "'DispatcherTimer.Tick'", "WPF"),
        new("System.Windows.Forms.Timer", "Tick", TickSource.Timer, "'Timer.Tick'", "Windows Forms"),
        new("Microsoft.UI.Xaml.DispatcherTimer", "Tick", TickSource.Timer, "'DispatcherTimer.Tick'", "WinUI"),
        new("Avalonia.Threading.DispatcherTimer", "Tick", TickSource.Timer, "'DispatcherTimer.Tick'", "Avalonia"),
        new(Watcher, "Changed", TickSource.Event, "'FileSystemWatcher.Changed'"),
        new(Watcher, "Created", TickSource.Event, "'FileSystemWatcher.Created'"),
        new(Watcher, "Deleted", TickSource.Event, "'FileSystemWatcher.Deleted'"),
        new(Watcher, "Renamed", TickSource.Event, "'FileSystemWatcher.Renamed'"),
        new("System.ObservableExtensions", "Subscribe", TickSource.Event, "value of 'Subscribe'", "System.Reactive"));

    public static TickingApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new TickingApis(types));

    public TickingApi? RowOf(ISymbol member) => _rows.Of(member.ContainingType, member.Name);

    /// <summary>Whether a method of that name answers only one of many callers with yes.</summary>
    public static bool LooksLikeGate(string methodName) => Gates.Contains(methodName);

    /// <summary>Whether a method of that name, called on the source, keeps it quiet.</summary>
    public static bool LooksLikeStop(string methodName) => Stops.Contains(methodName);

    /// <summary>Whether setting a property of that name to false keeps the source quiet.</summary>
    public static bool IsSwitch(string propertyName) =>
        propertyName is "Enabled" or "IsEnabled" or "AutoReset" or "EnableRaisingEvents";

    /// <summary>Whether a sequence that went through a method of that name comes to an end soon.</summary>
    public static bool LooksLikeEnd(string methodName) => Ends.Contains(methodName);

    /// <summary>Whether what is stopped, by its name, is the source; of many things one disposes.</summary>
    public static bool LooksLikeSource(string receiver, string methodName) =>
        Mentions(receiver, Sources)
        || (methodName is "Stop" or "Change" && !Mentions(receiver, ["watch"]) && receiver is not "sw");

    /// <summary>Whether a flag of that name says that somebody is at work.</summary>
    public static bool LooksLikeFlag(string name) => Mentions(name, Flags);

    private static bool Mentions(string text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
