namespace ScopedTasks;

/// <summary>Whoever waits for a task of an event loop, and answers for it.</summary>
internal interface ITaskOwner
{
    /// <summary>Called on the loop when the task has ended.</summary>
    void OnEnded(EventLoop loop, LoopTask task);
}
