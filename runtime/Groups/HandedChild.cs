using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides what the caller gets to hold of a child that it wants to await.</summary>
/// <remarks>
/// A task of its own: the group waits for the child's task, the caller for this one. Two who wait for one task cost
/// more than a second task, as the platform keeps a single one who waits without a list.
/// </remarks>
internal sealed class HandedChild<T>(TaskGroup group, object label, long startedAt)
    : ChildWatcher(group, label, startedAt, hasSlot: true)
{
    private AsyncTaskMethodBuilder<T> _builder = AsyncTaskMethodBuilder<T>.Create();

    /// <summary>Ends as the child does.</summary>
    public Task<T> Handle => _builder.Task;

    /// <inheritdoc/>
    public override Task Awaited => Handle;

    /// <inheritdoc/>
    protected override void Announce(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            _builder.SetResult(task is Task<T> value ? value.Result : default!);
            return;
        }
        _builder.SetException(FailureOf(task));
        // The group has the failure: a task that nobody awaits hides none.
        _ = Handle.Exception;
    }

    private static Exception FailureOf(Task task) =>
        task.IsCanceled ? Cancellations.Of(task) : task.Exception!.InnerExceptions[0];
}
