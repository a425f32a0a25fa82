using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>
/// Owns, for the process, work that has no owner in reach: counted, observed and drainable, never a bare
/// fire-and-forget.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Start: inline, on the caller's context and in its <c>ExecutionContext</c>, as the call that it replaces
/// did.</item>
/// <item>Failure: goes to <see cref="Failed"/>, and disturbs nobody.</item>
/// <item>Cancellation: only <see cref="DrainAsync"/> cancels; call it before the process ends.</item>
/// <item>Threads: all members may be used from any thread, at the same time.</item>
/// </list>
/// </remarks>
public static class BackgroundTasks
{
    private static readonly BackgroundGroup s_group = new(TimeProvider.System);

    /// <summary>
    /// Tells each failure, on the thread that it happened on; without a handler it is one line on standard error.
    /// An event of the <c>ScopedTasks</c> event source tells it in any case. A handler that throws does not keep it
    /// from the others.
    /// </summary>
    public static event Action<BackgroundTaskFailure> Failed
    {
        add => s_group.Failed += value;
        remove => s_group.Failed -= value;
    }

    /// <summary>How many are running.</summary>
    public static int RunningCount => s_group.RunningCount;

    /// <summary>Starts work that runs until it ends, or until <see cref="DrainAsync"/> cancels it.</summary>
    /// <param name="work">Gets the token that <see cref="DrainAsync"/> cancels.</param>
    /// <param name="name">What reports call it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    public static void Spawn(Func<CancellationToken, Task> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        s_group.Spawn(work, name);
    }

    /// <summary>
    /// Waits for all work; when the grace period is over, cancels it and goes on waiting. Afterwards work may be
    /// started as before.
    /// </summary>
    /// <param name="gracePeriod">
    /// From the call on; zero cancels at once, <see cref="Timeout.InfiniteTimeSpan"/> never.
    /// </param>
    /// <param name="cancellationToken">Stops the waiting, not the work.</param>
    /// <returns>A task that ends when nothing runs any more; it does not fail when work did.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The grace period is negative and not infinite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task DrainAsync(TimeSpan gracePeriod, CancellationToken cancellationToken = default)
    {
        Durations.Check(gracePeriod, nameof(gracePeriod));
        return s_group.DrainAsync(gracePeriod, cancellationToken);
    }
}
