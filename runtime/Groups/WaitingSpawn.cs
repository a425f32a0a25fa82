using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>A queued child whose caller waits for it to start; it is never dropped.</summary>
internal sealed class WaitingSpawn(TaskGroup group, Func<CancellationToken, Task> work, object label)
    : QueuedChild(group, work, label)
{
    private readonly TaskCompletionSource<Unit> _started = new();

    /// <summary>Ends when the child has run up to its first await; canceled if the group is cancelled.</summary>
    public Task Started => _started.Task;

    /// <inheritdoc/>
    public override Task Awaited => Started;

    /// <inheritdoc/>
    public override bool MustStart => true;

    /// <inheritdoc/>
    public override void Announce()
    {
        if (Group.IsCancellationRequested)
            _started.TrySetCanceled(Group.CancellationToken);
        else
            _started.TrySetResult(default);
    }
}
