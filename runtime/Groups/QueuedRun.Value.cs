using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>A queued child whose caller holds its task, for a value.</summary>
internal sealed class QueuedRun<T> : QueuedChild
{
    private readonly TaskCompletionSource<Task<T>> _started = new();
    private readonly Func<CancellationToken, Task<T>> _work;

    public QueuedRun(TaskGroup group, Func<CancellationToken, Task<T>> work, object label)
        : base(group, work, label)
    {
        _work = work;
        Handle = _started.Task.Unwrap();
    }

    /// <summary>Ends as the child does.</summary>
    public Task<T> Handle { get; }

    /// <inheritdoc/>
    public override Task Awaited => Handle;

    /// <inheritdoc/>
    public override void Drop() => _started.TrySetCanceled(Group.CancellationToken);

    /// <inheritdoc/>
    public override Task Start()
    {
        _started.SetResult(PostFailure is { } failure
            ? Invocation.Failed<T>(failure)
            : Invocation.StartValue(_work, Group.CancellationToken));
        return Handle;
    }
}
