using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace ScopedTasks;

/// <summary>Is a clock for tests: its time passes when nothing else can happen, or when it is told to.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>On an event loop it jumps to the next deadline when nobody can run and nobody waits for anything outside, so
/// that hours of sleeping take no time and are exact.</item>
/// <item>Its timers count too: <c>Task.Delay(x, clock)</c> and timed token sources obey it. Those that were made off
/// the loop call back on the thread that moves the clock.</item>
/// <item>Threads: all members may be used from any thread, at the same time.</item>
/// </list>
/// After Trio's <c>MockClock</c>.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private static readonly DateTimeOffset s_defaultStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly TimerHeap _timers = new();
    private readonly List<EventLoop> _loops = [];
    private readonly DateTimeOffset _start;
    private long _time;
    private double _rate;
    private long _realTime;

    /// <summary>Makes a clock that stands still.</summary>
    /// <param name="start">Its first time; the beginning of the year 2000, UTC, by default.</param>
    /// <param name="autoJump">Whether it jumps when an event loop has nothing to do.</param>
    public VirtualClock(DateTimeOffset start = default, bool autoJump = true)
    {
        _start = start == default ? s_defaultStart : start;
        AutoJump = autoJump;
    }

    /// <summary>How fast its time passes, in seconds per real second; 0 at first: not by itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public double Rate
    {
        get
        {
            lock (_gate)
                return _rate;
        }

        set
        {
            if (!(value >= 0) || double.IsInfinity(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The rate must be zero or positive.");
            lock (_gate)
            {
                _time = Now();
                _realTime = Stopwatch.GetTimestamp();
                _rate = value;
            }
            WakeLoops();
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Whether it jumps.</summary>
    internal bool AutoJump { get; }

    /// <summary>When the first of its own timers is due.</summary>
    internal long? NextDue
    {
        get
        {
            lock (_gate)
                return _timers.Count > 0 ? _timers.First : null;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
            return Now();
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        var passed = new TimeSpan(GetTimestamp());
        return passed < DateTimeOffset.MaxValue - _start ? _start + passed : DateTimeOffset.MaxValue;
    }

    /// <summary>Moves the clock, past every timer that is due on the way.</summary>
    /// <param name="by">How far.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(by), by, "A clock does not go back.");
        long target;
        lock (_gate)
            target = by.Ticks < long.MaxValue - Now() ? Now() + by.Ticks : long.MaxValue;
        while (NextDue is { } due && due <= target)
        {
            MoveTo(due);
            FireDue();
        }
        MoveTo(target);
        WakeLoops();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return EventLoop.Current is { } loop && loop.Clock.Provider == this
            ? new LoopTimer(loop, callback, state, dueTime, period, isWait: true)
            : new VirtualTimer(this, callback, state, dueTime, period);
    }

    /// <summary>Moves the clock for a loop that has nothing to do.</summary>
    internal void JumpTo(long due)
    {
        MoveTo(due);
        FireDue();
    }

    /// <summary>Calls what is due of its own timers.</summary>
    internal void FireDue()
    {
        while (TakeDue() is VirtualTimer timer)
            timer.Fire();
    }

    /// <summary>Sets a timer of its own.</summary>
    internal void Arm(VirtualTimer timer, TimeSpan delay)
    {
        lock (_gate)
        {
            if (delay == Timeout.InfiniteTimeSpan)
                _timers.Remove(timer);
            else
                _timers.Set(timer, delay.Ticks < long.MaxValue - Now() ? Now() + delay.Ticks : long.MaxValue);
        }
        WakeLoops();
    }

    /// <summary>How long a loop may sleep; null is for ever.</summary>
    internal TimeSpan? RealTimeUntil(long? due)
    {
        lock (_gate)
        {
            if (due is not { } time)
                return null;
            if (time <= Now())
                return TimeSpan.Zero;
            if (_rate == 0)
                return null;
            var ticks = Math.Ceiling((time - Now()) / _rate);
            return ticks < TimeSpan.MaxValue.Ticks ? new TimeSpan(Math.Max(0, (long)ticks)) : TimeSpan.MaxValue;
        }
    }

    /// <summary>Wakes a loop from now on when the time has moved.</summary>
    internal void Attach(EventLoop loop)
    {
        lock (_gate)
            _loops.Add(loop);
    }

    /// <summary>Forgets a loop.</summary>
    internal void Detach(EventLoop loop)
    {
        lock (_gate)
            _loops.Remove(loop);
    }

    private long Now() =>
        _rate == 0 ? _time : _time + (long)(Stopwatch.GetElapsedTime(_realTime).Ticks * _rate);

    private void MoveTo(long time)
    {
        lock (_gate)
        {
            _time = Math.Max(Now(), time);
            _realTime = Stopwatch.GetTimestamp();
        }
    }

    private LoopItem? TakeDue()
    {
        lock (_gate)
            return _timers.Count > 0 ? _timers.TakeDue(Now()) : null;
    }

    private void WakeLoops()
    {
        EventLoop[] loops;
        lock (_gate)
            loops = [.. _loops];
        foreach (var loop in loops)
            loop.WakeUp();
    }
}
