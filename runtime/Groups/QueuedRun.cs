using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>A queued child whose caller holds its task.</summary>
internal sealed class QueuedRun : QueuedChild
{
    private readonly TaskCompletionSource<Task> _started = new();

    public QueuedRun(TaskGroup group, Func<CancellationToken, Task> work, object label)
        : base(group, work, label) => Handle = _started.Task.Unwrap();

    /// <summary>Ends as the child does.</summary>
    public Task Handle { get; }

    /// <inheritdoc/>
    public override Task Awaited => Handle;

    /// <inheritdoc/>
    public override Task Start()
    {
        _started.SetResult(base.Start());
        return Handle;
    }

    /// <inheritdoc/>
    public override void Drop() => _started.TrySetCanceled(Group.CancellationToken);
}
