using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// The lambda forms: the scope is there while its body runs, and its cancellation ends here.
public sealed partial class CancelScope
{
    /// <summary>Runs a body in a scope that it may cancel, or give a deadline that moves.</summary>
    /// <param name="body">Begins inline; gets the scope.</param>
    /// <param name="cancellationToken">The parent token of the scope.</param>
    /// <returns>
    /// True: the body finished. False: the scope's own cancellation cut it short. Canceled with
    /// <paramref name="cancellationToken"/> if that cut it short; what else the body throws comes out.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public static Task<bool> RunAsync(
        Func<CancelScope, Task> body,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new ScopedBody<bool>(Unentered(cancellationToken, timeProvider: null), cancellationToken).Run(
            body,
            static _ => true,
            static completion => completion.TrySetResult(false));
    }

    /// <summary>Runs a body for a time at most, and goes on when it is over.</summary>
    /// <param name="timeout">From the call on; <see cref="Timeout.InfiniteTimeSpan"/> for any time.</param>
    /// <param name="body">Begins inline; gets the scope's token.</param>
    /// <param name="cancellationToken">The parent token of the scope.</param>
    /// <param name="timeProvider">The clock of the timeout; the system's when null.</param>
    /// <returns>
    /// True: the body finished, even late. False: the timeout cut it short. Canceled with
    /// <paramref name="cancellationToken"/> if that cut it short; what else the body throws comes out.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not infinite.</exception>
    public static Task<bool> MoveOnAfterAsync(
        TimeSpan timeout,
        Func<CancellationToken, Task> body,
        CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
    {
        var scoped = Begin<bool>(timeout, nameof(timeout), body, cancellationToken, timeProvider);
        return scoped.Run(
            scope => body(scope.Token),
            static _ => true,
            static completion => completion.TrySetResult(false));
    }

    /// <summary>Runs a body for a time at most, and fails when it is over.</summary>
    /// <param name="timeout">From the call on; <see cref="Timeout.InfiniteTimeSpan"/> for any time.</param>
    /// <param name="body">Begins inline; gets the scope's token.</param>
    /// <param name="cancellationToken">The parent token of the scope.</param>
    /// <param name="timeProvider">The clock of the timeout; the system's when null.</param>
    /// <returns>
    /// Successful when the body finished, even late; faulted with a <see cref="TimeoutException"/> if the timeout cut
    /// it short. Canceled with <paramref name="cancellationToken"/> if that cut it short; what else the body throws
    /// comes out.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative and not infinite.</exception>
    public static Task FailAfterAsync(
        TimeSpan timeout,
        Func<CancellationToken, Task> body,
        CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
    {
        var scoped = Begin<Unit>(timeout, nameof(timeout), body, cancellationToken, timeProvider);
        return scoped.Run(scope => body(scope.Token), static _ => default, FailWith<Unit>(timeout));
    }

    /// <inheritdoc cref="FailAfterAsync(TimeSpan, Func{CancellationToken, Task}, CancellationToken, TimeProvider?)"/>
    /// <typeparam name="T">The type of the body's value.</typeparam>
    public static Task<T> FailAfterAsync<T>(
        TimeSpan timeout,
        Func<CancellationToken, Task<T>> body,
        CancellationToken cancellationToken = default,
        TimeProvider? timeProvider = null)
    {
        var scoped = Begin<T>(timeout, nameof(timeout), body, cancellationToken, timeProvider);
        return scoped.Run(scope => body(scope.Token), static task => ((Task<T>)task).Result, FailWith<T>(timeout));
    }

    /// <summary>Runs a body that no cancellation around it reaches: cleanup that must be done.</summary>
    /// <param name="body">Begins inline; gets a token that only the grace period cancels.</param>
    /// <param name="gracePeriod">
    /// How long the body may take, from the call on; null and <see cref="Timeout.InfiniteTimeSpan"/> for any time.
    /// </param>
    /// <param name="timeProvider">The clock of the grace period; the system's when null.</param>
    /// <returns>
    /// Successful when the body finished, even late; faulted with a <see cref="TimeoutException"/> if the end of the
    /// grace period cut it short; what else the body throws comes out.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The grace period is negative and not infinite.</exception>
    public static Task ShieldAsync(
        Func<CancellationToken, Task> body,
        TimeSpan? gracePeriod = null,
        TimeProvider? timeProvider = null)
    {
        var timeout = gracePeriod ?? Timeout.InfiniteTimeSpan;
        var scoped = Begin<Unit>(timeout, nameof(gracePeriod), body, CancellationToken.None, timeProvider);
        return scoped.Run(scope => body(scope.Token), static _ => default, FailWith<Unit>(timeout));
    }

    /// <inheritdoc cref="ShieldAsync(Func{CancellationToken, Task}, TimeSpan?, TimeProvider?)"/>
    /// <typeparam name="T">The type of the body's value.</typeparam>
    public static Task<T> ShieldAsync<T>(
        Func<CancellationToken, Task<T>> body,
        TimeSpan? gracePeriod = null,
        TimeProvider? timeProvider = null)
    {
        var timeout = gracePeriod ?? Timeout.InfiniteTimeSpan;
        var scoped = Begin<T>(timeout, nameof(gracePeriod), body, CancellationToken.None, timeProvider);
        return scoped.Run(scope => body(scope.Token), static task => ((Task<T>)task).Result, FailWith<T>(timeout));
    }

    private static CancelScope Unentered(CancellationToken parent, TimeProvider? timeProvider) =>
        new(parent, shield: false, timeProvider, enters: false);

    private static ScopedBody<T> Begin<T>(
        TimeSpan timeout,
        string timeoutName,
        Delegate body,
        CancellationToken parent,
        TimeProvider? timeProvider)
    {
        Durations.Check(timeout, timeoutName);
        ArgumentNullException.ThrowIfNull(body);
        var scope = Unentered(parent, timeProvider);
        scope.CancelAfter(timeout);
        return new ScopedBody<T>(scope, parent);
    }

    private static Action<TaskCompletionSource<T>> FailWith<T>(TimeSpan timeout) =>
        completion => completion.TrySetException(new TimeoutException($"The work did not end within {timeout}."));
}
