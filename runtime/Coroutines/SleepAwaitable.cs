using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Waits by the clock of the loop; made by <see cref="Coroutine.Sleep"/>.</summary>
public readonly struct SleepAwaitable
{
    // The ticks of a delay; -1 for ever; -2 and below, the ticks of a time in UTC: one word, as a million may sleep.
    private readonly long _ticks;

    internal SleepAwaitable(long ticks) => _ticks = ticks;

    /// <summary>A delay.</summary>
    internal static SleepAwaitable For(TimeSpan delay) => new(delay == Timeout.InfiniteTimeSpan ? -1 : delay.Ticks);

    /// <summary>A time.</summary>
    internal static SleepAwaitable Until(DateTimeOffset deadline) => new(-2 - deadline.UtcTicks);

    /// <summary>Makes it awaitable.</summary>
    /// <returns>The awaiter.</returns>
    public SleepAwaiter GetAwaiter() => new(_ticks);
}
