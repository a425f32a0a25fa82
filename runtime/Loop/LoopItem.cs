namespace ScopedTasks;

/// <summary>Is something that an event loop keeps in its queue or among its timers.</summary>
internal abstract class LoopItem
{
    /// <summary>Its place among the timers, counted from 1; 0 when it has none.</summary>
    public int TimerIndex;

    /// <summary>Its place among those timers that are due at the same time.</summary>
    public int TimerOrder;

    /// <summary>Called in a turn of the loop.</summary>
    public abstract void Run(EventLoop loop);

    /// <summary>Called when its time has come.</summary>
    public virtual void OnDue(EventLoop loop) => loop.Enqueue(this);

    /// <summary>Called on the loop when it was posted there from anywhere.</summary>
    public virtual void OnPosted(EventLoop loop) => loop.Enqueue(this);
}
