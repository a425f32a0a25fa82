using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>A queued child whose caller holds its task, for a value.</summary>
internal sealed class QueuedRun<T> : QueuedChild
{
    private readonly TaskCompletionSource<Task<T>> _started = new();

    public QueuedRun(TaskGroup group, Func<CancellationToken, Task<T>> work, string? name)
        : base(group, work, name) => Handle = _started.Task.Unwrap();

    /// <summary>Ends as the child does.</summary>
    public Task<T> Handle { get; }

    /// <inheritdoc/>
    public override Task Publish(Task task, Exception? error)
    {
        _started.SetResult(task as Task<T> ?? Faulted.Task<T>(error!));
        return Handle;
    }

    /// <inheritdoc/>
    public override void Drop() => _started.TrySetCanceled(Group.CancellationToken);
}
