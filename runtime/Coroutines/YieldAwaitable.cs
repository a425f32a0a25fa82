namespace ScopedTasks;

/// <summary>Lets all others run that can; made by <see cref="Coroutine.Yield"/>.</summary>
public readonly struct YieldAwaitable
{
    /// <summary>Makes it awaitable.</summary>
    /// <returns>The awaiter.</returns>
    public YieldAwaiter GetAwaiter() => default;
}
