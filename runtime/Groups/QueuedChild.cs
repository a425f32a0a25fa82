using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Waits for a place in a full group, and starts where its caller stood.</summary>
internal class QueuedChild(TaskGroup group, Func<CancellationToken, Task> work, object label) : IPostedWork
{
    private readonly StartContext _context = StartContext.Capture();

    /// <summary>The child's name, or the delegate that names it.</summary>
    public object Label => label;

    /// <summary>The task by which somebody may wait for it; null if nobody can.</summary>
    public virtual Task? Awaited => null;

    /// <summary>Whether it starts even in a cancelled group.</summary>
    public virtual bool MustStart => false;

    /// <summary>The group that it waits for.</summary>
    protected TaskGroup Group => group;

    /// <summary>Why it could not be brought to its place; then the work is not called.</summary>
    protected Exception? PostFailure { get; private set; }

    /// <summary>Lets it start: it has got a place.</summary>
    public void Post()
    {
        try
        {
            _context.Post(this);
        }
        catch (Exception exception)
        {
            // The context takes no more work, as that of a closed window: the child fails without having started,
            // and not on this stack, on which the next one that waits would fail, and the next.
            PostFailure = exception;
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((QueuedChild)state!).StartOrDrop(), this);
        }
    }

    void IPostedWork.Run() => _context.Run(static state => ((QueuedChild)state!).StartOrDrop(), this);

    /// <summary>Starts the work, in its place.</summary>
    /// <returns>The task that the group has to watch.</returns>
    public virtual Task Start() =>
        PostFailure is { } failure ? Invocation.Failed<Unit>(failure) : Invocation.Start(work, group.CancellationToken);

    /// <summary>Called when the child has run up to its first await.</summary>
    public virtual void Announce()
    {
    }

    /// <summary>Called when the child will not start.</summary>
    public virtual void Drop()
    {
    }

    private void StartOrDrop()
    {
        if (MustStart || !group.IsCancellationRequested)
            group.Start(this);
        else
            group.DropWithSlot(this);
    }
}
