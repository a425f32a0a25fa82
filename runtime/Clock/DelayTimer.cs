using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Calls back once after a delay, by the given clock, and never early.</summary>
/// <remarks>A delay that is longer than a timer of the platform takes is waited for in parts.</remarks>
internal sealed class DelayTimer : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly Action<object> _callback;
    private readonly object _state;
    private ITimer? _timer;
    private TimeSpan _rest;
    private bool _disposed;

    /// <summary>Starts to wait.</summary>
    /// <param name="clock">Makes the timer.</param>
    /// <param name="delay">Positive.</param>
    /// <param name="callback">Called on a thread of the clock.</param>
    /// <param name="state">Passed to the callback.</param>
    public DelayTimer(TimeProvider clock, TimeSpan delay, Action<object> callback, object state)
    {
        _clock = clock;
        _rest = delay;
        _callback = callback;
        _state = state;
        StartNextPart();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void StartNextPart()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            var part = _rest < s_longest ? _rest : s_longest;
            _rest -= part;
            if (_timer is null)
            {
                _timer = _clock.CreateTimer(
                    static state => ((DelayTimer)state!).OnTick(),
                    this,
                    part,
                    Timeout.InfiniteTimeSpan);
            }
            else
            {
                _timer.Change(part, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnTick()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
        }
        if (_rest > TimeSpan.Zero)
            StartNextPart();
        else
            _callback(_state);
    }
}
