namespace ScopedTasks;

/// <summary>An awaiter that knows how to suspend whoever awaits it, without a delegate.</summary>
internal interface ILoopAwaiter
{
    /// <summary>Called once, when the waiter has saved its state; must not throw.</summary>
    void Suspend(Waiter waiter);
}
