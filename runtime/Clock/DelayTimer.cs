using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Calls back once after a delay, by the given clock, and never early.</summary>
/// <remarks>
/// A delay that is longer than a timer of the platform takes is waited for in parts. The clock is foreign code: it is
/// never called under a lock.
/// </remarks>
internal sealed class DelayTimer : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Action<object> _callback;
    private readonly object _state;
    private readonly ITimer _timer;
    private TimeSpan _rest;
    private volatile bool _disposed;

    /// <summary>Starts to wait.</summary>
    /// <param name="clock">Makes the timer.</param>
    /// <param name="delay">Positive.</param>
    /// <param name="callback">Called on a thread of the clock.</param>
    /// <param name="state">Passed to the callback.</param>
    public DelayTimer(TimeProvider clock, TimeSpan delay, Action<object> callback, object state)
    {
        _rest = delay;
        _callback = callback;
        _state = state;
        _timer = clock.CreateTimer(
            static state => ((DelayTimer)state!).OnTick(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        StartNextPart();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
    }

    private void StartNextPart()
    {
        var part = _rest < s_longest ? _rest : s_longest;
        _rest -= part;
        _timer.Change(part, Timeout.InfiniteTimeSpan);
    }

    private void OnTick()
    {
        if (_disposed)
            return;
        if (_rest > TimeSpan.Zero)
            StartNextPart();
        else
            _callback(_state);
    }
}
