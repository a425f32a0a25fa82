using System;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Runs the code of a test on an event loop whose time is virtual.</summary>
internal static class OnLoop
{
    /// <summary>The time since the clock of the running loop began.</summary>
    public static TimeSpan Now => EventLoop.Current!.TimeProvider.GetElapsedTime(0);

    /// <summary>Options with a new virtual clock.</summary>
    public static EventLoopOptions Options => new() { TimeProvider = new VirtualClock() };

    /// <summary>Runs it, in any order if a seed is given.</summary>
    public static void Run(Func<Coroutine> test, int? seed = null) =>
        EventLoop.Run(
            test(),
            new EventLoopOptions
            {
                TimeProvider = new VirtualClock(),
                Order = seed is { } shuffled ? SchedulingOrder.Shuffled(shuffled) : SchedulingOrder.Fifo,
            });

    /// <summary>A number of seconds.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
