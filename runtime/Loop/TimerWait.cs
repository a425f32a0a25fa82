namespace ScopedTasks;

/// <summary>Waiting for a time, or for nothing but cancellation.</summary>
internal sealed class TimerWait : IWait
{
    public static readonly TimerWait Instance = new();

    /// <inheritdoc/>
    public bool IsOverWhenAborted => true;

    /// <inheritdoc/>
    public bool TryAbort(Waiter waiter)
    {
        EventLoop.Current!.Timers.Remove(waiter);
        return true;
    }

    /// <inheritdoc/>
    public string Describe(Waiter waiter) => waiter.TimerIndex == 0 ? "Coroutine.SleepForever" : "Coroutine.Sleep";
}
