using System;
using System.Threading;

namespace ScopedTasks;

// What a coroutine may wait for by itself.
public abstract partial class Coroutine
{
    /// <summary>Lets all others run that can: a schedule point, and a cancellation point.</summary>
    /// <returns>What to await, once.</returns>
    public static YieldAwaitable Yield() => default;

    /// <summary>Waits by the clock of the loop, and never goes on early; cancellable, for no time too.</summary>
    /// <param name="delay">
    /// Zero only lets the others run; <see cref="Timeout.InfiniteTimeSpan"/> waits for cancellation.
    /// </param>
    /// <returns>What to await, once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative and not infinite.</exception>
    public static SleepAwaitable Sleep(TimeSpan delay) =>
        SleepAwaitable.For(Durations.Check(delay, nameof(delay)));

    /// <summary>Waits until a time by the clock of the loop; one that has passed only lets the others run.</summary>
    /// <param name="deadline">When to go on.</param>
    /// <returns>What to await, once.</returns>
    public static SleepAwaitable SleepUntil(DateTimeOffset deadline) => SleepAwaitable.Until(deadline);

    /// <summary>Waits for cancellation.</summary>
    /// <returns>What to await, once.</returns>
    public static SleepAwaitable SleepForever() => SleepAwaitable.For(Timeout.InfiniteTimeSpan);

    /// <summary>Throws if the innermost scope is cancelled, and else goes on at once.</summary>
    /// <returns>What to await, once.</returns>
    public static CheckpointAwaitable Checkpoint() => default;

    /// <summary>Suspends with a command for the driver: the bare <c>yield</c> of the loop world.</summary>
    /// <param name="command">What <see cref="CoroutineDriver.Send"/> hands out; an event loop knows null only.</param>
    /// <returns>What to await, once; its result is what the driver sends.</returns>
    public static CommandAwaitable Suspend(object? command) => new(command);
}
