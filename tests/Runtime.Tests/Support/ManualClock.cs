using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>A clock that only the test moves.</summary>
internal sealed class ManualClock : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<ManualTimer> _timers = [];
    private TimeSpan _elapsed;

    public int TimerCount
    {
        get
        {
            lock (_timers)
                return _timers.Count;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => s_start + _elapsed;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.True(dueTime.TotalMilliseconds < uint.MaxValue, "The platform's timers do not take that long.");
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, and runs what is due on the way, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var target = _elapsed + by;
        while (TakeNext(target) is { } timer)
        {
            _elapsed = timer.Due;
            timer.Fire();
        }
        _elapsed = target;
    }

    private ManualTimer? TakeNext(TimeSpan limit)
    {
        lock (_timers)
        {
            var next = _timers.Where(timer => timer.Due <= limit).OrderBy(timer => timer.Due).FirstOrDefault();
            if (next is not null)
                _timers.Remove(next);
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action callback) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._timers)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._elapsed + dueTime;
                    clock._timers.Add(this);
                }
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock._timers)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
