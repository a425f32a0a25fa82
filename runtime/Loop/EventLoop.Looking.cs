using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace ScopedTasks;

// What can be seen of the loop.
public sealed partial class EventLoop
{
    private List<IdlenessWaiter>? _idlenessWaiters;
    // When the turn began, or some steps before, in milliseconds.
    private long _lookedAt;

    /// <summary>How many turns there were in which somebody ran.</summary>
    internal long BusyTurns { get; private set; }

    /// <summary>How many coroutines it runs; as seen from any thread.</summary>
    internal int LiveTaskCount => Volatile.Read(ref _liveTasks);

    /// <summary>How many of them can run now, with callbacks; as seen from any thread.</summary>
    internal int RunnableCount => _ready.Count;

    /// <summary>Waits until all others on the loop wait: for tests.</summary>
    /// <param name="cushion">How long they must have waited, by the clock of the loop.</param>
    /// <returns>Ends when they do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static Coroutine WaitAllTasksBlockedAsync(TimeSpan cushion = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cushion, TimeSpan.Zero);
        return IdlenessWaiter.WaitAsync(cushion);
    }

    /// <summary>The figures of this moment.</summary>
    /// <returns>A snapshot; to be asked for on the thread of the loop, or while it does not run.</returns>
    public EventLoopStatistics GetStatistics()
    {
        var running = _startedAt == 0 ? 0 : Stopwatch.GetTimestamp() - _startedAt;
        return new EventLoopStatistics
        {
            LiveTasks = _liveTasks,
            RunQueueLength = _ready.Count,
            TimerCount = Timers.Count,
            ExternalOperations = _external + _keptAlive,
            IdleWaits = _idleWaits,
            TimeToNextDeadline = Timers.Count > 0 ? Clock.Until(Timers.First) : null,
            OldestRunnableAge = _ready.Count > 0 && _lookedAt != 0
                ? TimeSpan.FromMilliseconds(Environment.TickCount64 - _lookedAt)
                : TimeSpan.Zero,
            Utilization = running == 0 ? 0 : 1 - ((double)_idleTime / running),
        };
    }

    /// <summary>The coroutines of the loop.</summary>
    /// <returns>Shows them as they are; on the thread of the loop only, or while it does not run.</returns>
    public TaskTree GetTaskTree() => new(TaskNode.Below(_run));

    /// <summary>Keeps somebody who waits for the others to wait.</summary>
    internal void Add(IdlenessWaiter waiter) => (_idlenessWaiters ??= []).Add(waiter);

    /// <summary>Forgets somebody who waits for the others to wait.</summary>
    internal void Remove(IdlenessWaiter waiter) => _idlenessWaiters?.Remove(waiter);

    private bool WakeThoseWhoWaitForIdleness()
    {
        if (_idlenessWaiters is not { Count: > 0 } waiters)
            return false;
        var soonest = TimeSpan.MaxValue;
        foreach (var waiter in waiters)
            soonest = waiter.Cushion < soonest ? waiter.Cushion : soonest;
        if (soonest > TimeSpan.Zero)
            return false;
        foreach (var waiter in waiters.FindAll(waiter => waiter.Cushion == TimeSpan.Zero))
            waiter.Wake(this);
        return true;
    }
}
