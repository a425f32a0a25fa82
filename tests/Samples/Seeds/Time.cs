namespace Seeds;

/// <summary>Lets programs speak of time as the seeds do: in seconds, by a clock that may be virtual.</summary>
internal static class Time
{
    /// <summary>A number of seconds.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    /// <summary>Lets an event loop run by a clock: <c>EventLoop.Run(Main(), By(clock))</c>.</summary>
    public static EventLoopOptions By(TimeProvider clock) => new() { TimeProvider = clock };

    /// <summary>The time on the clock of the running loop, in seconds since it began to run.</summary>
    public static double Elapsed(long start) => EventLoop.Current!.TimeProvider.GetElapsedTime(start).TotalSeconds;

    /// <summary>This moment on the clock of the running loop, for <see cref="Elapsed"/>.</summary>
    public static long Now() => EventLoop.Current!.TimeProvider.GetTimestamp();

    /// <summary>Blocks the thread until a time, for code that has no loop.</summary>
    public static void SleepUntil(this TimeProvider clock, DateTimeOffset time)
    {
        var virtualClock = clock as VirtualClock;
        // The thread sleeps in milliseconds, and may wake too early for the clock.
        for (var rest = time - clock.GetUtcNow(); rest > TimeSpan.Zero; rest = time - clock.GetUtcNow())
        {
            if (virtualClock is { Rate: 0 })
                virtualClock.Advance(rest);
            else
                Thread.Sleep((int)Math.Ceiling(rest.TotalMilliseconds / (virtualClock?.Rate ?? 1)));
        }
    }
}
