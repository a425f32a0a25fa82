using System;
using System.Threading;

namespace ScopedTasks;

// Bodies in a scope, and coroutines for tasks.
public abstract partial class Coroutine
{
    /// <summary>Runs a body for a time at most, and goes on when it is over.</summary>
    /// <param name="timeout">From when this is awaited; infinite for any time.</param>
    /// <param name="body">Gets the scope, whose deadline may be moved.</param>
    /// <returns>True: the body finished, even late. False: its own scope's cancellation cut it short.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not infinite.</exception>
    public static Coroutine<bool> MoveOnAfterAsync(TimeSpan timeout, Func<CancelScope, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return ScopedCoroutine.MoveOnAsync(Durations.Check(timeout, nameof(timeout)), body);
    }

    /// <summary>
    /// Runs a body for a time at most, and fails with a <see cref="TimeoutException"/> when it is over.
    /// </summary>
    /// <param name="timeout">From when this is awaited; infinite for any time.</param>
    /// <param name="body">Gets the scope, whose deadline may be moved.</param>
    /// <returns>Ends with the body.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not infinite.</exception>
    public static Coroutine FailAfterAsync(TimeSpan timeout, Func<CancelScope, Coroutine> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return ScopedCoroutine.FailAsync(Durations.Check(timeout, nameof(timeout)), isShielded: false, body);
    }

    /// <inheritdoc cref="FailAfterAsync(TimeSpan, Func{CancelScope, Coroutine})"/>
    /// <typeparam name="T">The type of the body's value.</typeparam>
    public static Coroutine<T> FailAfterAsync<T>(TimeSpan timeout, Func<CancelScope, Coroutine<T>> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return ScopedCoroutine.FailAsync(Durations.Check(timeout, nameof(timeout)), isShielded: false, body);
    }

    /// <summary>Runs a body that no cancellation around it reaches: cleanup that must be done.</summary>
    /// <param name="body">Gets the scope, whose shield may be taken away.</param>
    /// <param name="gracePeriod">How long it may take, from when this is awaited; null for any time.</param>
    /// <returns>Ends with the body; a <see cref="TimeoutException"/> if the grace period cut it short.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The grace period is negative and not infinite.</exception>
    public static Coroutine ShieldAsync(Func<CancelScope, Coroutine> body, TimeSpan? gracePeriod = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return ScopedCoroutine.FailAsync(Grace(gracePeriod), isShielded: true, body);
    }

    /// <inheritdoc cref="ShieldAsync(Func{CancelScope, Coroutine}, TimeSpan?)"/>
    /// <typeparam name="T">The type of the body's value.</typeparam>
    public static Coroutine<T> ShieldAsync<T>(Func<CancelScope, Coroutine<T>> body, TimeSpan? gracePeriod = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return ScopedCoroutine.FailAsync(Grace(gracePeriod), isShielded: true, body);
    }

    private static TimeSpan Grace(TimeSpan? gracePeriod) =>
        Durations.Check(gracePeriod ?? Timeout.InfiniteTimeSpan, nameof(gracePeriod));
}
