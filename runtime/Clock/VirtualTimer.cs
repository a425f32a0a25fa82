using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Calls back by a <see cref="VirtualClock"/>, off every loop.</summary>
internal sealed class VirtualTimer : LoopItem, ITimer
{
    private readonly VirtualClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private TimeSpan _period;
    private volatile bool _isDisposed;

    public VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        Change(dueTime, period);
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Durations.Check(dueTime, nameof(dueTime));
        Durations.Check(period, nameof(period));
        if (_isDisposed)
            return false;
        _period = period;
        _clock.Arm(this, dueTime);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _clock.Arm(this, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <inheritdoc/>
    public override void Run(EventLoop loop)
    {
        loop.LeaveTasks();
        Fire();
    }

    /// <summary>Its time has come.</summary>
    public void Fire()
    {
        if (_isDisposed)
            return;
        if (_period > TimeSpan.Zero)
            _clock.Arm(this, _period);
        if (_flow is null)
            _callback(_state);
        else
            ExecutionContext.Run(_flow, static timer => ((VirtualTimer)timer!).Call(), this);
    }

    private void Call() => _callback(_state);
}
