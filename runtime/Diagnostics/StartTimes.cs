using System;
using System.Threading;
#if !NET
using System.Diagnostics;
#endif

namespace ScopedTasks;

/// <summary>Decides how a start is noted: cheaply by the system's clock, exactly by any other.</summary>
/// <remarks>
/// By the system's clock a note is what the machine has run for, which nobody sets; only who reads it pays for the time
/// of day, and a clock that was set in between shifts no age.
/// </remarks>
internal static class StartTimes
{
    // In milliseconds: how far apart two looks at the cheap clock may be, and how far that clock may be behind.
    private const long MostBetween = 20;
    private const long MostBehind = 16;

    // More than both clocks differ by themselves.
    private static readonly long s_tolerance = TimeSpan.FromMilliseconds(50).Ticks;

    private static long s_startOfMachine;

    /// <summary>What to keep of now, until somebody wants to know.</summary>
    public static long Note(TimeProvider clock) =>
        ReferenceEquals(clock, TimeProvider.System) ? Milliseconds : clock.GetUtcNow().UtcTicks;

    /// <summary>When that was; by the system's clock some milliseconds early, and never after now.</summary>
    public static DateTimeOffset Read(TimeProvider clock, long noted)
    {
        if (!ReferenceEquals(clock, TimeProvider.System))
            return new(noted, TimeSpan.Zero);
        var before = Milliseconds;
        var now = DateTimeOffset.UtcNow.Ticks;
        var after = Milliseconds;
        var start = now - ((after + MostBehind) * TimeSpan.TicksPerMillisecond);
        // The first answer stands, so that the same note gives the same time, until the clock was set. Who was
        // interrupted between the two clocks cannot tell.
        var known = Volatile.Read(ref s_startOfMachine);
        if (Math.Abs(start - known) > s_tolerance && (known == 0 || after - before < MostBetween))
        {
            Interlocked.CompareExchange(ref s_startOfMachine, start, known);
            known = Volatile.Read(ref s_startOfMachine);
        }
        return new(Math.Min(known + (noted * TimeSpan.TicksPerMillisecond), now), TimeSpan.Zero);
    }

#if NET
    private static long Milliseconds => Environment.TickCount64;
#else
    private static long Milliseconds => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000);
#endif
}
