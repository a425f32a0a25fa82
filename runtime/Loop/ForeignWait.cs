namespace ScopedTasks;

/// <summary>Waiting for something that knows nothing of loops: a task. Nobody can take that back.</summary>
internal sealed class ForeignWait : IExternalWait
{
    public static readonly ForeignWait Instance = new();

    /// <inheritdoc/>
    public bool IsOverWhenAborted => false;

    /// <inheritdoc/>
    public bool TryAbort(Waiter waiter) => false;

    /// <inheritdoc/>
    public string Describe(Waiter waiter) =>
        waiter is LoopTask { Extras.Awaiter: { } awaiter } ? TypeNames.OfAwaited(awaiter) : "a task";
}
