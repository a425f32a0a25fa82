using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// The scope form: the group is there until it is completed or disposed.
public sealed partial class TaskGroup
{
    /// <summary>
    /// Opens a group for a body that a lambda cannot hold, or for a field. End it with
    /// <see cref="CompleteAsync"/> on every normal way out, and <c>await using</c> it for the others.
    /// </summary>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <returns>The open group.</returns>
    public static TaskGroup Open(CancellationToken cancellationToken = default) =>
        Open(TaskGroupOptions.Default, cancellationToken);

    /// <inheritdoc cref="Open(CancellationToken)"/>
    /// <param name="options">Copied when the group opens.</param>
    /// <param name="cancellationToken">The outer token: cancels the group.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static TaskGroup Open(TaskGroupOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Begin(options, new GroupCompletion<Unit>(), cancellationToken, isWeak: true);
    }

    /// <summary>Says that the body is done, and waits for all children. To be called exactly once.</summary>
    /// <returns>
    /// A task that ends when all children have: faulted with every failure, canceled with the outer token if that
    /// cut something short, else successful.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The group was completed or disposed before, or belongs to a <c>RunAsync</c>, which completes it.
    /// </exception>
    public Task CompleteAsync()
    {
        var phase = Interlocked.CompareExchange(ref _phase, Phase.Completed, Phase.Open);
        if (phase != Phase.Open)
            throw new InvalidOperationException($"{this} {Phase.WhyNotOpen(phase)}");
        EndBody();
        return Completion;
    }

    /// <summary>
    /// Ends the group. Nothing is left to do after an awaited <see cref="CompleteAsync"/>; otherwise the children
    /// are cancelled and waited for.
    /// </summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>Without <see cref="CompleteAsync"/> it throws the failures from before: they are why the body was
    /// left. What fails later is reported through <see cref="TaskGroupOptions.OnUnobservedException"/>, unless the
    /// body's own exception was handed to <see cref="Fail"/>: then nothing can be masked, and all come out.</item>
    /// <item>That children were running, and nothing had failed or been cancelled, is reported too, as an
    /// <see cref="InvalidOperationException"/>: a normal way out must complete the group.</item>
    /// <item>Calling it again only waits.</item>
    /// </list>
    /// </remarks>
    /// <returns>A task that ends when all children have.</returns>
    /// <exception cref="InvalidOperationException">The group belongs to a <c>RunAsync</c>.</exception>
    public ValueTask DisposeAsync()
    {
        var phase = Interlocked.CompareExchange(ref _phase, Phase.Disposed, Phase.Open);
        if (phase == Phase.Lambda)
            throw new InvalidOperationException($"{this} {Phase.WhyNotOpen(phase)}");
        if (phase == Phase.Disposed || Completion.IsCompleted)
            return WaitQuietly();

        var throws = phase == Phase.Open && KeepFailuresUntilNow();
        if (!IsCancelled && _failures is not { HasAny: true })
            ReportAbandonedChildren(phase);
        CancelUnnoticed();
        if (phase == Phase.Open)
            EndBody();
        return throws ? new ValueTask(Completion) : WaitQuietly();
    }

    /// <summary>
    /// Hands the body's exception to the group: records it and cancels the children. As a filter,
    /// <c>catch (Exception e) when (group.Fail(e)) { throw; }</c>, it makes the scope form lose nothing.
    /// </summary>
    /// <param name="exception">
    /// An <see cref="OperationCanceledException"/> while the group or its outer token is cancelled is no failure.
    /// After the group has ended it is reported through <see cref="TaskGroupOptions.OnUnobservedException"/>.
    /// </param>
    /// <returns>Always false, so that a filter lets the exception pass.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    public bool Fail(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (!TryHold())
        {
            ReportUnobserved(exception);
            return false;
        }
        if (exception is OperationCanceledException && IsCancelled)
        {
            _cutShort = true;
        }
        else
        {
            Failures.KeepsLateOnes = true;
            Keep(exception);
            CancelUnnoticed();
        }
        ReleaseHold();
        return false;
    }

    private bool KeepFailuresUntilNow()
    {
        // The body left before its end, so a timeout did cut something short.
        if (Failures.HasTimeout)
            _cutShort = true;
        return Failures.Close();
    }

    private void ReportAbandonedChildren(int phase)
    {
        var running = RunningCount;
        var queued = QueuedCount;
        if (running + queued == 0)
            return;
        var children = $"{running} children were running" + (queued > 0 ? $" and {queued} queued" : "");
        var reason = phase == Phase.Open ? "CompleteAsync was not called" : "CompleteAsync had not ended";
        ReportUnobserved(new InvalidOperationException(
            $"{this} was disposed while {children} and {reason}; they were cancelled. "
            + "Await CompleteAsync on every normal way out."));
    }

    private ValueTask WaitQuietly() =>
        Completion.IsCompleted
            ? default
            : new ValueTask(Completion.ContinueWith(
                static completion => _ = completion.Exception,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default));

    /// <summary>Decides who may end the group.</summary>
    private static class Phase
    {
        public const int Open = 0;
        public const int Completed = 1;
        public const int Disposed = 2;
        public const int Lambda = 3;

        public static string WhyNotOpen(int phase) => phase switch
        {
            Completed => "was completed before; complete a group exactly once.",
            Disposed => "was disposed before; complete a group before it is disposed.",
            _ => "belongs to a RunAsync, which completes it when its body has ended.",
        };
    }
}
