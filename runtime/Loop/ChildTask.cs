using System;

namespace ScopedTasks;

/// <summary>Is the handle of a child that a <see cref="CoroutineGroup"/> owns.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Awaiting it waits for the child's end, and throws what it threw; any number of times. It is a cancellation
/// point.</item>
/// <item>Dropping it loses nothing: the group waits for the child, and fails with it.</item>
/// <item>Threads: the loop's only.</item>
/// </list>
/// </remarks>
public class ChildTask
{
    private readonly EventLoop _loop;
    private readonly LoopTask _task;
    private readonly Coroutine _root;

    internal ChildTask(EventLoop loop, LoopTask task, Coroutine root) => (_loop, _task, _root) = (loop, task, root);

    /// <summary>What it was called, else the name of its method.</summary>
    public string Name => _task.ExtrasIfAny?.Name ?? _root.Name;

    /// <summary>How far it has come.</summary>
    public CoroutineStatus Status => _root.Status;

    /// <summary>Whether it has ended.</summary>
    public bool IsCompleted => _root.IsEnded;

    /// <summary>What it threw, if it has failed; null too when it was canceled.</summary>
    public Exception? Exception => _root.Status == CoroutineStatus.Faulted ? _root.Failure : null;

    internal WaitQueue Joiners => _task.Extras.Joiners ??= new WaitQueue(() => $"child '{Name}'");

    /// <summary>Cancels this child alone: that is no failure of the group.</summary>
    /// <param name="reason">Part of the message of what its waits throw.</param>
    public void Cancel(string? reason = null)
    {
        if (EventLoop.Current != _loop)
            throw new InvalidOperationException("A child is cancelled on the thread of its event loop only.");
        if (IsCompleted)
            return;
        if (!_task.IsCancelled && reason is not null)
            _task.Extras.Reason = reason;
        _loop.CancelReporting(_task);
    }

    /// <summary>Makes it awaitable, any number of times.</summary>
    /// <returns>An awaiter.</returns>
    public ChildTaskAwaiter GetAwaiter() => new(this);

    /// <summary>Tells its state.</summary>
    /// <returns>Its name and its status.</returns>
    public override string ToString() => $"ChildTask '{Name}': {Status}";

    internal void ThrowIfFailed() => _root.ThrowIfFailed();

    internal object? BoxedResult => _root.BoxedResult;
}
