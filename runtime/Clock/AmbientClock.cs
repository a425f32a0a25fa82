using System;

namespace ScopedTasks;

/// <summary>
/// Decides which clock is meant where none is named: that of the loop that runs here, else the system's.
/// </summary>
internal static class AmbientClock
{
    /// <summary>The clock.</summary>
    public static TimeProvider Current =>
#if NET
        EventLoop.Current?.TimeProvider ??
#endif
        TimeProvider.System;
}
