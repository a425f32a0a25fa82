namespace ScopedTasks;

/// <summary>Decides what an event loop does when everything waits and nothing can end that.</summary>
public enum DeadlockDetection
{
    /// <summary>It cancels the main coroutine, and throws a <see cref="DeadlockException"/>.</summary>
    Throw,

    /// <summary>It sleeps until something is posted.</summary>
    Off,
}
