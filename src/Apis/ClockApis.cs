using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Apis;

/// <summary>How a member goes by real time, which decides what is written instead.</summary>
internal enum ClockForm
{
    /// <summary>It takes a time to wait: a provider may stand behind that.</summary>
    Waits,

    /// <summary>It tells the time of day.</summary>
    Tells,
}

/// <summary>One member that goes by real time unless it is given another clock.</summary>
/// <param name="Type">The metadata name of the declaring type.</param>
/// <param name="Member">The member's name.</param>
/// <param name="Form">How it goes by real time.</param>
/// <param name="Instead">For one that tells the time: what of the provider tells the same.</param>
internal sealed record ClockApi(string Type, string Member, ClockForm Form, string? Instead = null) : IApiRow;

/// <summary>Knows which members go by real time.</summary>
internal sealed class ClockApis
{
    private static readonly ConditionalWeakTable<KnownTypes, ClockApis> ByTypes = new();

    private readonly ApiRows<ClockApi> _rows;

    private ClockApis(KnownTypes types) => _rows = new(types.Compilation, Rows);

    public static ImmutableArray<ClockApi> Rows { get; } = ImmutableArray.Create<ClockApi>(
        new("System.Threading.Tasks.Task", "Delay", ClockForm.Waits),
        new("System.Threading.Tasks.Task", "WaitAsync", ClockForm.Waits),
        new("System.Threading.Tasks.Task`1", "WaitAsync", ClockForm.Waits),
        new("System.Threading.CancellationTokenSource", ".ctor", ClockForm.Waits),
        new("System.Threading.PeriodicTimer", ".ctor", ClockForm.Waits),
        new("System.DateTime", "Now", ClockForm.Tells, "GetUtcNow().LocalDateTime"),
        new("System.DateTime", "UtcNow", ClockForm.Tells, "GetUtcNow().UtcDateTime"),
        new("System.DateTime", "Today", ClockForm.Tells, "GetUtcNow().LocalDateTime.Date"),
        new("System.DateTimeOffset", "Now", ClockForm.Tells, "GetUtcNow().ToLocalTime()"),
        new("System.DateTimeOffset", "UtcNow", ClockForm.Tells, "GetUtcNow()"));

    public static ClockApis Of(KnownTypes types) => ByTypes.GetValue(types, static types => new ClockApis(types));

    public ClockApi? RowOf(ISymbol? member) => member is null ? null : _rows.Of(member.ContainingType, member.Name);
}
