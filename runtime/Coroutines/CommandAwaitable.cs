namespace ScopedTasks;

/// <summary>Suspends the coroutine that awaits it, with a command for whoever drives it.</summary>
/// <remarks>
/// An event loop knows one command, null: to go on in the next turn. A <see cref="CoroutineDriver"/> hands out any.
/// </remarks>
public readonly struct CommandAwaitable
{
    private readonly object? _command;

    internal CommandAwaitable(object? command) => _command = command;

    /// <summary>Makes it awaitable.</summary>
    /// <returns>The awaiter.</returns>
    public CommandAwaiter GetAwaiter() => new(_command);
}
