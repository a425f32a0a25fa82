using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Decides which time spans may be a delay or a timeout.</summary>
internal static class Durations
{
    /// <summary>Accepts zero, what is positive, and <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public static TimeSpan Check(TimeSpan duration, string parameterName) =>
        duration >= TimeSpan.Zero || duration == Timeout.InfiniteTimeSpan
            ? duration
            : throw new ArgumentOutOfRangeException(
                parameterName,
                duration,
                "A delay or timeout must be zero, positive, or Timeout.InfiniteTimeSpan.");
}
