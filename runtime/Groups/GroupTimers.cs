using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>
/// Holds the timers of a group: its timeout, a delayed cancellation, the warnings of a stuck body and a stuck queue.
/// </summary>
internal sealed class GroupTimers(TaskGroup group) : IDisposable
{
    private DelayTimer? _timeout;
    private DelayTimer? _cancellation;
    private DelayTimer? _warning;
    private DelayTimer? _queueWatch;
    private volatile bool _disposed;

    /// <summary>Times the group out, unless it ends before.</summary>
    public void StartTimeout(TimeSpan delay) =>
        Start(ref _timeout, static state => ((TaskGroup)state).OnTimeout(), delay, group);

    /// <summary>Cancels the group; the last call counts.</summary>
    public void CancelAfter(TimeSpan delay) =>
        Start(ref _cancellation, static state => ((TaskGroup)state).Cancel(), delay, group);

    /// <summary>Looks whether the body still runs then.</summary>
    public void WarnOfStuckBody(TimeSpan delay) =>
        Start(ref _warning, static state => ((TaskGroup)state).OnStuckBody(), delay, group);

    /// <summary>Looks whether the queue has moved until then.</summary>
    public void WatchQueue(QueueWatch watch, TimeSpan delay) =>
        Start(ref _queueWatch, static state => ((QueueWatch)state).Look(), delay, watch);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        Replace(ref _timeout, null);
        Replace(ref _cancellation, null);
        Replace(ref _warning, null);
        Replace(ref _queueWatch, null);
    }

    private static void Replace(ref DelayTimer? timer, DelayTimer? next) =>
        Interlocked.Exchange(ref timer, next)?.Dispose();

    private void Start(ref DelayTimer? timer, Action<object> callback, TimeSpan delay, object state)
    {
        Replace(ref timer, null);
        if (_disposed || delay == Timeout.InfiniteTimeSpan)
            return;
        var next = new DelayTimer(group.Options.TimeProvider, delay, callback, state);
        Replace(ref timer, next);
        // The group may have ended meanwhile, and not have seen it.
        if (_disposed)
            next.Dispose();
    }
}
