using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Learns that a task ended, by its status and without an exception being thrown.</summary>
internal abstract class Watcher : IJoin
{
    private Task? _task;

    /// <inheritdoc/>
    public abstract Task? Outcome { get; }

    /// <summary>Whether the task has yet to end.</summary>
    public bool IsWatching => _task is not null;

    /// <summary>The status of the watched task.</summary>
    public TaskStatus Status => _task?.Status ?? TaskStatus.RanToCompletion;

    /// <summary>What the task calls; one that watches many tasks, one after another, makes it once.</summary>
    protected virtual Action Continuation => OnCompleted;

    /// <summary>Starts to watch; one at a time, again once the last one ended.</summary>
    public void Watch(Task task)
    {
        _task = task;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(Continuation);
    }

    /// <summary>Called once the task has ended, on whatever thread ended it.</summary>
    protected abstract void OnEnded(Task task);

    /// <summary>Called by the task.</summary>
    protected void OnCompleted()
    {
        // A group that lives on must not keep its finished children's results alive.
        var task = _task!;
        _task = null;
        OnEnded(task);
    }
}
