using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Holds the timers of a group: its timeout, a delayed cancellation, the warning of a stuck body.</summary>
internal sealed class GroupTimers(TaskGroup group) : IDisposable
{
    private readonly object _gate = new();
    private DelayTimer? _timeout;
    private DelayTimer? _cancellation;
    private DelayTimer? _warning;
    private bool _disposed;

    /// <summary>Times the group out, unless it ends before.</summary>
    public void StartTimeout(TimeSpan delay) =>
        Start(ref _timeout, static state => ((TaskGroup)state).OnTimeout(), delay);

    /// <summary>Cancels the group; the last call counts.</summary>
    public void CancelAfter(TimeSpan delay) =>
        Start(ref _cancellation, static state => ((TaskGroup)state).Cancel(), delay);

    /// <summary>Looks whether the body still runs then.</summary>
    public void WarnOfStuckBody(TimeSpan delay) =>
        Start(ref _warning, static state => ((TaskGroup)state).OnStuckBody(), delay);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timeout?.Dispose();
            _cancellation?.Dispose();
            _warning?.Dispose();
        }
    }

    private void Start(ref DelayTimer? timer, Action<object> callback, TimeSpan delay)
    {
        lock (_gate)
        {
            timer?.Dispose();
            timer = _disposed || delay == Timeout.InfiniteTimeSpan
                ? null
                : new DelayTimer(group.Options.TimeProvider, delay, callback, group);
        }
    }
}
