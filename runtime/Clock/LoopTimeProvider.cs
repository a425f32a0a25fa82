using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Is the clock of a loop for code that knows nothing of loops: its timers are the loop's.</summary>
internal sealed class LoopTimeProvider(EventLoop loop) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => loop.Clock.Provider.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => loop.Clock.Provider.LocalTimeZone;

    /// <inheritdoc/>
    public override long GetTimestamp() => loop.Clock.Provider.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => loop.Clock.Provider.GetUtcNow();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new LoopTimer(loop, callback, state, dueTime, period, isWait: true);
}
