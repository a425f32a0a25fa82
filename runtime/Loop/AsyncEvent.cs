namespace ScopedTasks;

/// <summary>Lets coroutines on one event loop wait until something has happened, once and for all.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Waiting for it is a cancellation point, also when it is set.</item>
/// <item>Threads: the loop's only.</item>
/// </list>
/// </remarks>
public sealed class AsyncEvent
{
    private readonly WaitQueue _waiters = new(static () => "AsyncEvent");

    /// <summary>Whether it has happened.</summary>
    public bool IsSet { get; private set; }

    /// <summary>How many wait.</summary>
    public int WaitingCount => _waiters.Count;

    /// <summary>Says that it has happened, and wakes all who wait; again does nothing.</summary>
    /// <exception cref="System.InvalidOperationException">This is not the thread of the loop.</exception>
    public void Set()
    {
        if (IsSet)
            return;
        if (_waiters.Count > 0)
        {
            var loop = WaitQueue.RequireLoop("An event that somebody waits for");
            _waiters.WakeAll(loop);
        }
        IsSet = true;
    }

    /// <summary>Waits until it has happened.</summary>
    /// <returns>Ends when it has.</returns>
    public async Coroutine WaitAsync()
    {
        await Coroutine.Checkpoint();
        if (!IsSet)
            await new QueueWait(_waiters);
    }

    /// <summary>Tells its state.</summary>
    /// <returns>Whether it is set, and how many wait.</returns>
    public override string ToString() => $"AsyncEvent: {(IsSet ? "set" : $"{WaitingCount} waiting")}";
}
