using System;

namespace ScopedTasks;

/// <summary>Waits until all others on its loop wait.</summary>
internal sealed class IdlenessWaiter(TimeSpan cushion)
{
    private readonly Future<Unit> _idle = new();

    /// <summary>How long they must have waited.</summary>
    public TimeSpan Cushion => cushion;

    /// <summary>Waits.</summary>
    public static async Coroutine WaitAsync(TimeSpan cushion)
    {
        var loop = EventLoop.Get("EventLoop.WaitAllTasksBlockedAsync");
        while (true)
        {
            var waiter = new IdlenessWaiter(TimeSpan.Zero);
            loop.Add(waiter);
            try
            {
                await waiter._idle;
            }
            finally
            {
                loop.Remove(waiter);
            }
            if (cushion == TimeSpan.Zero)
                return;
            var turns = loop.BusyTurns;
            await Coroutine.Sleep(cushion);
            // The turn that woke this coroutine is its own.
            if (loop.BusyTurns - turns <= 1)
                return;
        }
    }

    /// <summary>All others wait.</summary>
    public void Wake(EventLoop loop) => _idle.TrySetResult(default);
}
