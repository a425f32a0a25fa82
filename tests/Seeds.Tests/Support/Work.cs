using System;
using System.Diagnostics;
using System.Threading;

namespace ScopedTasks.Seeds.Tests.Support;

/// <summary>Keeps the processor busy, as a computation does.</summary>
internal static class Work
{
    /// <summary>Takes at least that long.</summary>
    public static void For(TimeSpan time)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
            Thread.SpinWait(100);
    }
}
