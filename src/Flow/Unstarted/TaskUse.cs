namespace ScopedTasks.Analyzers.Flow.Unstarted;

/// <summary>What is done with a task that somebody must start.</summary>
internal enum TaskUse
{
    /// <summary>It is looked at: its status, its id.</summary>
    Neutral,

    /// <summary>It is started.</summary>
    Started,

    /// <summary>It is awaited.</summary>
    Awaited,

    /// <summary>A thread, or another task, waits for it.</summary>
    Waited,

    /// <summary>It is waited for on a path that does not start it.</summary>
    OnPath,

    /// <summary>It is returned where callers count on work that runs.</summary>
    Returned,

    /// <summary>Nothing is done with it.</summary>
    Dropped,

    /// <summary>It is kept in a local.</summary>
    Kept,

    /// <summary>Somebody else has it, and may start it.</summary>
    Escaped,
}
