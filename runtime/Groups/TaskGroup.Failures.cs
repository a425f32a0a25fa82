using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// What counts as a failure, and what a failure does.
public sealed partial class TaskGroup
{
    private FailureLog Failures =>
        _failures ?? Interlocked.CompareExchange(ref _failures, new FailureLog(), null) ?? _failures;

    /// <summary>The failures that come out of the group, by time.</summary>
    internal IReadOnlyList<Exception> GetFailures() =>
        _failures is null ? [] : _failures.ToList(withTimeout: _cutShort);

    /// <summary>Decides what the end of a child or of the body means for the group.</summary>
    internal void Judge(Task task, bool isBody, object? label = null)
    {
        // All of a task's failures are kept before the group is cancelled: those which that causes come later.
        var cancelled = IsCancelled;
        var failed = false;
        if (task.IsCanceled)
        {
            if (cancelled)
                _cutShort = true;
            else
                failed = Keep(Cancellations.Of(task), isBody, label);
        }
        else if (task.Exception is { } exception)
        {
            foreach (var failure in exception.InnerExceptions)
            {
                if (cancelled && failure is OperationCanceledException)
                    _cutShort = true;
                else
                    failed |= Keep(failure, isBody, label);
            }
        }
        if (failed && (isBody || _options.FailureMode == TaskGroupFailureMode.CancelSiblings))
            CancelUnnoticed();
    }

    internal void ReportUnobserved(Exception exception) =>
        UnobservedFailures.Report(_options.OnUnobservedException, Name, exception);

    /// <summary>Keeps a failure, or reports it where nobody would get to see it.</summary>
    /// <returns>Whether the group has failed.</returns>
    private bool Keep(Exception failure, bool isBody = true, object? label = null)
    {
        LiveGroups.CountFailure();
        ScopedTasksEventSource.Log.Failed(this, label, failure);
        if (_options.OnEveryFailure is { } handler)
        {
            handler(label as string, failure);
            return false;
        }
        if (!isBody && _options.FailureMode == TaskGroupFailureMode.Supervise)
        {
            ReportUnobserved(failure);
            return false;
        }
        switch (Failures.Add(failure))
        {
            case FailureLog.Verdict.TooLate:
                ReportUnobserved(failure);
                break;
            case FailureLog.Verdict.Further:
                ScopedTasksEventSource.Log.Further(Name, failure);
                break;
        }
        return true;
    }
}
