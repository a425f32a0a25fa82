using System;

namespace ScopedTasks;

/// <summary>Decides by which clock and in which order an <see cref="EventLoop"/> runs, and who may watch.</summary>
public sealed class EventLoopOptions
{
    private readonly TimeProvider _timeProvider = TimeProvider.System;
    private readonly SchedulingOrder _order = SchedulingOrder.Fifo;
    private readonly IEventLoopInstrument[] _instruments = [];
    private readonly TimeSpan? _slowStepThreshold;

    /// <summary>The clock: the system's by default, a <see cref="VirtualClock"/> for tests.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        init => _timeProvider = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Who goes first; first come, first served by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SchedulingOrder Order
    {
        get => _order;
        init => _order = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>What happens when everything waits, and nothing can end that.</summary>
    public DeadlockDetection DeadlockDetection { get; init; }

    /// <summary>How long a step may take before it is reported; null, the default, for any time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative and not infinite.</exception>
    public TimeSpan? SlowStepThreshold
    {
        get => _slowStepThreshold;
        init => _slowStepThreshold = value is { } threshold ? Durations.Check(threshold, nameof(value)) : null;
    }

    /// <summary>
    /// Whether Ctrl+C and the signal to terminate cancel the main coroutine, after which the run throws an
    /// <see cref="EventLoopInterruptedException"/>; off by default.
    /// </summary>
    public bool HandleConsoleInterrupt { get; init; }

    /// <summary>
    /// Whether the loop leaves sockets to the framework, also where it could wait for them itself; off by default,
    /// unless the switch <c>ScopedTasks.PortableIo</c> of <see cref="AppContext"/> is on.
    /// </summary>
    public bool PortableIo { get; init; } =
        AppContext.TryGetSwitch("ScopedTasks.PortableIo", out var isPortable) && isPortable;

    /// <summary>Whether the loop measures where the time of each task goes; off by default.</summary>
    public bool TrackTaskTimes { get; init; }

    /// <summary>Who is told of tasks and steps; nobody by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IEventLoopInstrument[] Instruments
    {
        get => _instruments;
        init => _instruments = value ?? throw new ArgumentNullException(nameof(value));
    }
}
