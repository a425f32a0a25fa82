using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides how a group ends: failed, canceled or with its value.</summary>
/// <remarks>
/// The task is set, never awaited through an async method on the way: that would keep the first failure only.
/// </remarks>
internal class GroupCompletion<T> : TaskCompletionSource<T>, IGroupCompletion
{
    Task IGroupCompletion.Task => Task;

    /// <inheritdoc/>
    public virtual GroupOutcome Foresee(TaskGroup group)
    {
        if (group.GetFailures().Count > 0)
            return GroupOutcome.Failed;
        return group.IsCancellationRequested ? GroupOutcome.Cancelled : GroupOutcome.Succeeded;
    }

    /// <inheritdoc/>
    public virtual void Conclude(TaskGroup group)
    {
        if (group.GetFailures() is { Count: > 0 } failures)
            SetFailures(failures, group.Options.ExceptionMode);
        else if (group.WasCutShort && group.OuterToken.IsCancellationRequested)
            TrySetCanceled(group.OuterToken);
        else if (TryGetResult(group, out var result))
            TrySetResult(result);
        else
            TrySetCanceled(group.CancellationToken);
    }

    /// <summary>Gets the value; a group without one always has it.</summary>
    protected virtual bool TryGetResult(TaskGroup group, out T result)
    {
        result = default!;
        return true;
    }

    /// <summary>Ends the task with all failures.</summary>
    protected void SetFailures(IReadOnlyList<Exception> failures, TaskGroupExceptionMode mode)
    {
        if (mode == TaskGroupExceptionMode.Aggregate)
            TrySetException(new AggregateException(failures));
        else
            TrySetException(failures);
    }
}
