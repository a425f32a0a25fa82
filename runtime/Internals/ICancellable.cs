namespace ScopedTasks;

/// <summary>A node of the tree that cancellation spreads through.</summary>
internal interface ICancellable
{
    /// <summary>Cancels this node alone; must not throw.</summary>
    void CancelNow();
}
