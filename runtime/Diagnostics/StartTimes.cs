using System;

namespace ScopedTasks;

/// <summary>Decides how the start of a child is noted: cheaply by the system's clock, exactly by any other.</summary>
internal static class StartTimes
{
#if NET
    private static readonly long s_startOfTicks =
        DateTime.UtcNow.Ticks - (Environment.TickCount64 * TimeSpan.TicksPerMillisecond);
#endif

    /// <summary>The ticks of the time in UTC, a few milliseconds behind at most.</summary>
    public static long Note(TimeProvider clock) =>
        ReferenceEquals(clock, TimeProvider.System) ? NoteSystemTime() : NoteExactly(clock);

    /// <summary>The ticks of the time in UTC.</summary>
    public static long NoteExactly(TimeProvider clock) => clock.GetUtcNow().UtcTicks;

    /// <summary>The time that was noted for something in a group, corrected by what is known of it.</summary>
    public static DateTimeOffset Read(long noted, long notBefore, DateTimeOffset now) =>
        new(Math.Min(Math.Max(noted, notBefore), Math.Max(now.UtcTicks, notBefore)), TimeSpan.Zero);

#if NET
    private static long NoteSystemTime() =>
        s_startOfTicks + (Environment.TickCount64 * TimeSpan.TicksPerMillisecond);
#else
    private static long NoteSystemTime() => DateTime.UtcNow.Ticks;
#endif
}
