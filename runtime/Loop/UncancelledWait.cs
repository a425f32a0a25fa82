namespace ScopedTasks;

/// <summary>Waiting for something that surely comes, cancelled or not.</summary>
internal sealed class UncancelledWait(string what) : IWait
{
    /// <inheritdoc/>
    public bool IsOverWhenAborted => false;

    /// <inheritdoc/>
    public bool TryAbort(Waiter waiter) => false;

    /// <inheritdoc/>
    public string Describe(Waiter waiter) => what;
}
