using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Learns that a task ended, by its status and without an exception being thrown.</summary>
internal abstract class Watcher : IJoin
{
    private Action? _continuation;

    /// <inheritdoc/>
    public abstract Task? Outcome { get; }

    /// <summary>The watched task.</summary>
    protected Task? Task { get; private set; }

    /// <summary>Starts to watch; one at a time, again once the last one ended.</summary>
    public void Watch(Task task)
    {
        Task = task;
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_continuation ??= OnCompleted);
    }

    /// <summary>Called once the task has ended, on whatever thread ended it.</summary>
    protected abstract void OnEnded(Task task);

    private void OnCompleted()
    {
        // A group that lives on must not keep its finished children's results alive.
        var task = Task!;
        Task = null;
        OnEnded(task);
    }
}
