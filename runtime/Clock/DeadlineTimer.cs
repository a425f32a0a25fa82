using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Decides when a deadline that can be moved has passed.</summary>
/// <remarks>
/// One timer, made when it is first needed; a delay that is longer than a timer takes is waited for in parts.
/// To be used under its owner's lock; the callback comes without it.
/// </remarks>
internal sealed class DeadlineTimer(TimeProvider clock, Action expired) : IDisposable
{
    private ITimer? _timer;
    private DateTimeOffset? _deadline;
    private TimeSpan _rest;

    /// <summary>When the callback is due; null for never.</summary>
    public DateTimeOffset? Deadline => _deadline;

    /// <summary>Moves the deadline.</summary>
    /// <returns>False if it has passed already; then no callback comes.</returns>
    public bool Set(DateTimeOffset? deadline)
    {
        _deadline = deadline;
        if (deadline is not { } due)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return true;
        }
        _rest = due - clock.GetUtcNow();
        if (_rest <= TimeSpan.Zero)
            return false;
        StartNextPart();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    /// <summary>Called under the owner's lock when the timer fired.</summary>
    /// <returns>Whether the whole delay is over.</returns>
    public bool IsOver()
    {
        if (_deadline is null)
            return false;
        if (_rest <= TimeSpan.Zero)
            return true;
        StartNextPart();
        return false;
    }

    private void StartNextPart()
    {
        var part = _rest < Durations.Longest ? _rest : Durations.Longest;
        _rest -= part;
        if (_timer is null)
        {
            _timer = clock.CreateTimer(
                static state => ((Action)state!)(),
                expired,
                part,
                Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(part, Timeout.InfiniteTimeSpan);
        }
    }
}
