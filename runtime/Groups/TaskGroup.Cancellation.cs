using System;
using System.Threading;

namespace ScopedTasks;

// Who cancels the group, and what that comes to.
public sealed partial class TaskGroup
{
    /// <summary>Whether <see cref="CancellationToken"/> is cancelled.</summary>
    public bool IsCancellationRequested => _source.IsCancellationRequested;

    /// <summary>What the <see cref="Cancel"/> that cancelled the group was given; null after all else.</summary>
    public string? CancellationReason => _reason;

    /// <summary>Whether the cancellation of a child is no failure.</summary>
    internal bool IsCancelled => _source.IsCancellationRequested || _outer.IsCancellationRequested;

    /// <summary>
    /// Cancels the children and the body, quietly: the group ends successfully, unless something fails. Does
    /// nothing in a group that is cancelled or has ended.
    /// </summary>
    /// <remarks>
    /// Callbacks of the token run on this thread before it returns; what they throw are failures of the group.
    /// </remarks>
    /// <param name="reason">Kept as <see cref="CancellationReason"/>.</param>
    public void Cancel(string? reason = null)
    {
        if (IsCancellationRequested || !TryHold())
            return;
        if (reason is not null)
            Interlocked.CompareExchange(ref _reason, reason, null);
        CancellationWave.Begin(this);
    }

    /// <summary>
    /// Does what <see cref="Cancel"/> does, later; quietly, other than <see cref="TaskGroupOptions.Timeout"/>.
    /// Calling it again replaces the delay.
    /// </summary>
    /// <param name="delay">
    /// Zero cancels at once; <see cref="Timeout.InfiniteTimeSpan"/> takes an earlier call back.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative and not infinite.</exception>
    public void CancelAfter(TimeSpan delay)
    {
        Durations.Check(delay, nameof(delay));
        if (delay == TimeSpan.Zero)
            Cancel();
        else if (!IsCancellationRequested && TryHold())
        {
            Timers.CancelAfter(delay);
            ReleaseHold();
        }
    }

    void ICancellable.CancelNow()
    {
        try
        {
            _source.Cancel();
        }
        catch (AggregateException exception)
        {
            foreach (var failure in exception.InnerExceptions)
                Keep(failure);
        }
        _slots?.DropWaiting(this);
        _queueWatch?.OnCancelled();
        WarnOfStuckBody();
        ReleaseHold();
    }

    internal void OnTimeout()
    {
        if (IsCancelled || !TryHold())
            return;
        Failures.AddTimeout(new TimeoutException($"{this} did not end within {_options.Timeout}."));
        CancellationWave.Begin(this);
    }

    internal void OnStuckBody()
    {
        ReportStuckChildren();
        if (_bodyEnded || BodyWaitsForChild)
            return;
        ReportUnobserved(new TimeoutException(
            $"{this} was cancelled, but its body still runs after {_options.StuckBodyWarning}: "
            + (_phase == Phase.Lambda
                ? "it awaits something that does not take the group's CancellationToken."
                : "it was neither completed nor disposed.")));
    }

    internal void WatchQueue(QueueWatch watch, TimeSpan interval) => Timers.WatchQueue(watch, interval);

    internal void OnStandstill(int places) =>
        ReportUnobserved(new InvalidOperationException(
            $"{this} stands still: the {places} children that may run all wait for queued ones, which wait for their "
            + "places. Let a child await only what needs no place here: await it in the body, start it in a group of "
            + "its own, or raise MaxConcurrency."));

    private GroupTimers Timers =>
        _timers ?? Interlocked.CompareExchange(ref _timers, new GroupTimers(this), null) ?? _timers;

    private void OnOuterCancelled()
    {
        if (!IsCancellationRequested && TryHold())
            CancellationWave.Continue(this);
    }

    private void CancelUnnoticed()
    {
        if (!IsCancellationRequested && TryHold())
            CancellationWave.Begin(this);
    }

    private void WarnOfStuckBody()
    {
        var nobodyAsks = _bodyEnded && !ScopedTasksEventSource.Log.WantsStuckChildren;
        if (nobodyAsks || _options.StuckBodyWarning is not { } delay)
            return;
        if (delay == TimeSpan.Zero)
            OnStuckBody();
        else
            Timers.WarnOfStuckBody(delay);
    }

    private void ReportStuckChildren()
    {
        if (!ScopedTasksEventSource.Log.WantsStuckChildren)
            return;
        var now = _options.TimeProvider.GetUtcNow();
        foreach (var child in GetRunning())
            ScopedTasksEventSource.Log.Stuck(this, child.Name, now - StartOf(child));
    }

    private void StartTimeout(TimeSpan timeout)
    {
        if (timeout == TimeSpan.Zero)
            OnTimeout();
        else
            Timers.StartTimeout(timeout);
    }
}
