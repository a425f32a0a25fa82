using System;

namespace ScopedTasks;

/// <summary>Tells the time of an event loop, in the units of its provider.</summary>
internal sealed class LoopClock(TimeProvider provider)
{
    private readonly long _frequency = provider.TimestampFrequency;

    /// <summary>Where the time comes from.</summary>
    public TimeProvider Provider => provider;

    /// <summary>The time now: it never goes back.</summary>
    public long Now => provider.GetTimestamp();

    /// <summary>The time after a delay: never earlier.</summary>
    public long After(TimeSpan delay)
    {
        var now = Now;
        var units = ToUnits(delay.Ticks);
        return units < long.MaxValue - now ? now + units : long.MaxValue;
    }

    /// <summary>The time that is a time of day.</summary>
    public long At(DateTimeOffset time) => After(time - provider.GetUtcNow());

    /// <summary>The time of day that is after a delay.</summary>
    public DateTimeOffset TimeAfter(TimeSpan delay)
    {
        var now = provider.GetUtcNow();
        return delay < DateTimeOffset.MaxValue - now ? now + delay : DateTimeOffset.MaxValue;
    }

    /// <summary>How long a time is away: never too short.</summary>
    public TimeSpan Until(long due)
    {
        var units = due - Now;
        if (units <= 0)
            return TimeSpan.Zero;
        return new TimeSpan(Scale(units, TimeSpan.TicksPerSecond, _frequency));
    }

    /// <summary>A number of units as a time.</summary>
    public TimeSpan ToTime(long units) => new(Scale(units, TimeSpan.TicksPerSecond, _frequency));

    private long ToUnits(long ticks) => ticks <= 0 ? 0 : Scale(ticks, _frequency, TimeSpan.TicksPerSecond);

    private static long Scale(long value, long multiplier, long divisor)
    {
        if (multiplier == divisor)
            return value;
        var scaled = (((Int128)value * multiplier) + divisor - 1) / divisor;
        return scaled < long.MaxValue ? (long)scaled : long.MaxValue;
    }
}
