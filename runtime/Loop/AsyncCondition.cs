using System;

namespace ScopedTasks;

/// <summary>Lets coroutines that hold a lock wait for a change that others make under that lock.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Waiting lets go of the lock and takes it again, also when the wait is cancelled.</item>
/// <item>Test what you wait for in a loop: others may have been faster.</item>
/// <item>Threads: the loop's only.</item>
/// </list>
/// </remarks>
public sealed class AsyncCondition
{
    private readonly WaitQueue _waiters = new(static () => "AsyncCondition");

    /// <summary>Makes a condition.</summary>
    /// <param name="lock">Its lock; a new one when null.</param>
    public AsyncCondition(AsyncLock? @lock = null) => Lock = @lock ?? new AsyncLock();

    /// <summary>The lock that is held while waiting and notifying.</summary>
    public AsyncLock Lock { get; }

    /// <summary>Waits to be notified.</summary>
    /// <returns>Ends when it was, and the lock is held again.</returns>
    /// <exception cref="InvalidOperationException">The lock is not held.</exception>
    public async Coroutine WaitAsync()
    {
        RequireLock();
        await Coroutine.Checkpoint();
        var version = Lock.LetGo();
        try
        {
            await new QueueWait(_waiters);
        }
        finally
        {
            await Lock.ReacquireAsync(version);
        }
    }

    /// <summary>Wakes those who have waited longest.</summary>
    /// <param name="count">How many at most.</param>
    /// <exception cref="InvalidOperationException">The lock is not held.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void Notify(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        RequireLock();
        for (; count > 0 && _waiters.Take() is { } waiter; count--)
            waiter.Wake(WaitQueue.RequireLoop("A condition"));
    }

    /// <summary>Wakes all who wait.</summary>
    /// <exception cref="InvalidOperationException">The lock is not held.</exception>
    public void NotifyAll() => Notify(int.MaxValue);

    /// <summary>Tells its state.</summary>
    /// <returns>How many wait.</returns>
    public override string ToString() => $"AsyncCondition: {_waiters.Count} waiting";

    private void RequireLock()
    {
        if (!Lock.IsMine)
            throw new InvalidOperationException("The lock of the condition must be held.");
    }
}
