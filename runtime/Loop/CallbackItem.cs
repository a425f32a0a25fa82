using System;

namespace ScopedTasks;

/// <summary>Calls something in a turn of a loop.</summary>
internal class CallbackItem(Action callback) : LoopItem
{
    /// <inheritdoc/>
    public override void Run(EventLoop loop)
    {
        loop.LeaveTasks();
        try
        {
            callback();
        }
        catch (Exception exception)
        {
            loop.OnCallbackFailed(exception);
        }
    }
}
