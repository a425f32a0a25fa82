namespace ScopedTasks;

/// <summary>Throws if the innermost scope is cancelled; made by <see cref="Coroutine.Checkpoint"/>.</summary>
public readonly struct CheckpointAwaitable
{
    /// <summary>Makes it awaitable.</summary>
    /// <returns>The awaiter.</returns>
    public CheckpointAwaiter GetAwaiter() => default;
}
