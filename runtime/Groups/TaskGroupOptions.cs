using System;

namespace ScopedTasks;

/// <summary>Decides how a <see cref="TaskGroup"/> bounds, times, names and fails its children.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A group copies its options when it opens; later changes do not reach it.</item>
/// <item>An instance may be reused, but must not be changed while a group opens with it on another thread.</item>
/// </list>
/// </remarks>
public sealed class TaskGroupOptions
{
    internal static readonly TaskGroupOptions Default = new();

    private int _maxConcurrency = -1;
    private TimeSpan? _timeout;
    private TimeProvider _timeProvider = TimeProvider.System;
    private TaskGroupExceptionMode _exceptionMode;
    private TaskGroupFailureMode _failureMode;
    private TimeSpan? _stuckBodyWarning = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Fresh options with <see cref="TaskGroupFailureMode.Collect"/>: every child runs to its end, and what failed
    /// comes out then.
    /// </summary>
    public static TaskGroupOptions Collect => new() { FailureMode = TaskGroupFailureMode.Collect };

    /// <summary>
    /// Fresh options with <see cref="TaskGroupFailureMode.Supervise"/>: a failing child is reported at once, and
    /// disturbs nobody.
    /// </summary>
    public static TaskGroupOptions Supervise => new() { FailureMode = TaskGroupFailureMode.Supervise };

    /// <summary>What reports and messages call the group; null for none, the default.</summary>
    public string? Name { get; set; }

    /// <summary>How many children may run at once; -1, the default, for any number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or below -1.</exception>
    public int MaxConcurrency
    {
        get => _maxConcurrency;
        set => _maxConcurrency = CheckConcurrency(value, nameof(value));
    }

    /// <summary>
    /// How long the group may take, from its opening to its end. When it is over the group is cancelled, and ends
    /// with a <see cref="TimeoutException"/> if that cut something short. Null, the default, and
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> for any time.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative and not infinite.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        set => _timeout = value is { } timeout ? Durations.Check(timeout, nameof(value)) : null;
    }

    /// <summary>The clock of every timer of the group; <see cref="TimeProvider.System"/> by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        set => _timeProvider = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>What awaiting a failed group throws; the first failure by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public TaskGroupExceptionMode ExceptionMode
    {
        get => _exceptionMode;
        set => _exceptionMode = value is TaskGroupExceptionMode.First or TaskGroupExceptionMode.Aggregate
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The mode must be First or Aggregate.");
    }

    /// <summary>What a failing child does to the others; it cancels them by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public TaskGroupFailureMode FailureMode
    {
        get => _failureMode;
        set => _failureMode = value
            is TaskGroupFailureMode.CancelSiblings or TaskGroupFailureMode.Collect or TaskGroupFailureMode.Supervise
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                "The mode must be CancelSiblings, Collect or Supervise.");
    }

    /// <summary>
    /// Gets every failure that no caller will get to see, with the group's name: of supervised children, and what
    /// fails while a group that was not completed is disposed. It may be called on any thread, also concurrently.
    /// Null, the default, writes one line to standard error and an event to the <c>ScopedTasks</c> event source.
    /// </summary>
    public Action<string?, Exception>? OnUnobservedException { get; set; }

    /// <summary>
    /// How long the body of a cancelled group may go on before it is reported, as a <see cref="TimeoutException"/>
    /// through <see cref="OnUnobservedException"/>: it awaits something that never looks at
    /// <see cref="TaskGroup.CancellationToken"/>. 30 seconds by default; null, and
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>, for never. As long may all children of a full group
    /// wait for queued ones, until that is reported too, as an <see cref="InvalidOperationException"/>: they wait for
    /// ever.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative and not infinite.</exception>
    public TimeSpan? StuckBodyWarning
    {
        get => _stuckBodyWarning;
        set => _stuckBodyWarning = value is { } delay ? Durations.Check(delay, nameof(value)) : null;
    }

    /// <summary>Gets every failure, with the child's name; then nothing is cancelled or kept, whatever fails.</summary>
    internal Action<string?, Exception>? OnEveryFailure { get; set; }

    /// <summary>Tells what differs from the defaults.</summary>
    /// <returns>Failure mode, then name, limit, timeout and exception mode if they are set.</returns>
    public override string ToString() =>
        $"TaskGroupOptions: {FailureMode}"
        + (Name is null ? "" : $", '{Name}'")
        + (MaxConcurrency == -1 ? "" : $", at most {MaxConcurrency}")
        + (Timeout is { } timeout ? $", within {timeout}" : "")
        + (ExceptionMode == TaskGroupExceptionMode.First ? "" : $", {ExceptionMode}");

    internal TaskGroupOptions Copy() => (TaskGroupOptions)MemberwiseClone();

    internal static int CheckConcurrency(int value, string parameterName) =>
        value is -1 or > 0
            ? value
            : throw new ArgumentOutOfRangeException(
                parameterName,
                value,
                "The number of children at once must be at least 1, or -1 for no limit.");
}
