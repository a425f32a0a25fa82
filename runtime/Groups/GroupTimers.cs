using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Holds the timers of a group: its timeout, a delayed cancellation, the warning of a stuck body.</summary>
internal sealed class GroupTimers(TaskGroup group) : IDisposable
{
    private readonly TimeProvider _clock = group.Options.TimeProvider;
    private ITimer? _timeout;
    private ITimer? _cancellation;
    private ITimer? _warning;
    private bool _disposed;

    /// <summary>Times the group out, unless it ends before.</summary>
    public void StartTimeout(TimeSpan delay) =>
        Start(ref _timeout, static state => ((TaskGroup)state!).OnTimeout(), delay);

    /// <summary>Cancels the group; the last call counts.</summary>
    public void CancelAfter(TimeSpan delay) =>
        Start(ref _cancellation, static state => ((TaskGroup)state!).Cancel(), delay);

    /// <summary>Looks whether the body still runs then.</summary>
    public void WarnOfStuckBody(TimeSpan delay) =>
        Start(ref _warning, static state => ((TaskGroup)state!).OnStuckBody(), delay);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (this)
        {
            _disposed = true;
            _timeout?.Dispose();
            _cancellation?.Dispose();
            _warning?.Dispose();
        }
    }

    private void Start(ref ITimer? timer, TimerCallback callback, TimeSpan delay)
    {
        lock (this)
        {
            if (_disposed)
                return;
            timer?.Dispose();
            timer = _clock.CreateTimer(callback, group, delay, Timeout.InfiniteTimeSpan);
        }
    }
}
