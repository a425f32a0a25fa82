using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Calls back in turns of a loop, by its clock; may be changed and disposed from any thread.</summary>
internal sealed class LoopTimer : LoopItem, ITimer
{
    private readonly EventLoop _loop;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();
    private readonly LoopTask? _origin;
    private readonly bool _isWait;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private volatile bool _isDisposed;
    private bool _isCounted;
    private bool _isChanged;

    public LoopTimer(
        EventLoop loop,
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period,
        bool isWait)
    {
        _loop = loop;
        _callback = callback;
        _state = state;
        _isWait = isWait;
        _origin = EventLoop.Current == loop ? Waiter.Current?.Origin : null;
        Change(dueTime, period);
    }

    /// <summary>The timeout of a group.</summary>
    public static LoopTimer ForGroup(EventLoop loop, Action callback, TimeSpan timeout) =>
        new(loop, _ => callback(), state: null, timeout, Timeout.InfiniteTimeSpan, isWait: false);

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Durations.Check(dueTime, nameof(dueTime));
        Durations.Check(period, nameof(period));
        if (_isDisposed)
            return false;
        lock (this)
            (_dueTime, _period, _isChanged) = (dueTime, period, true);
        Apply();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Apply();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <inheritdoc/>
    public override void OnPosted(EventLoop loop) => Rearm();

    /// <inheritdoc/>
    public override void OnDue(EventLoop loop)
    {
        Count(false);
        loop.Enqueue(this);
    }

    /// <inheritdoc/>
    public override void Run(EventLoop loop)
    {
        loop.LeaveTasks();
        if (_isDisposed)
            return;
        if (_period > TimeSpan.Zero && TimerIndex == 0)
            Arm(_period);
        try
        {
            if (_flow is null)
                _callback(_state);
            else
                ExecutionContext.Run(_flow, static timer => ((LoopTimer)timer!).Call(), this);
        }
        catch (Exception exception)
        {
            loop.OnCallbackFailed(exception);
        }
    }

    private void Call() => _callback(_state);

    private void Apply()
    {
        if (EventLoop.Current == _loop)
            Rearm();
        else
            _loop.PostInternally(this);
    }

    private void Rearm()
    {
        TimeSpan dueTime;
        bool isChanged;
        lock (this)
            (dueTime, isChanged, _isChanged) = (_dueTime, _isChanged, false);
        if (_isDisposed || (isChanged && dueTime == Timeout.InfiniteTimeSpan))
        {
            _loop.Timers.Remove(this);
            Count(false);
        }
        else if (isChanged)
        {
            Arm(dueTime);
        }
    }

    private void Arm(TimeSpan delay)
    {
        _loop.Timers.Set(this, _loop.Clock.After(delay));
        Count(true);
    }

    // A timer that code on the loop waits by is a wait of the loop, and nothing that others have to end.
    private void Count(bool isCounted)
    {
        if (!_isWait || _isCounted == isCounted)
            return;
        _isCounted = isCounted;
        if (isCounted)
            _loop.BeginInnerWait(_origin);
        else
            _loop.EndInnerWait(_origin);
    }
}
