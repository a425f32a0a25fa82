using System;

namespace ScopedTasks;

/// <summary>Tells how busy an <see cref="EventLoop"/> is, at one moment.</summary>
public sealed class EventLoopStatistics
{
    internal EventLoopStatistics()
    {
    }

    /// <summary>How many coroutines it runs.</summary>
    public int LiveTasks { get; internal init; }

    /// <summary>How many of them can run now, with callbacks.</summary>
    public int RunQueueLength { get; internal init; }

    /// <summary>How many sleep, deadlines and timers there are.</summary>
    public int TimerCount { get; internal init; }

    /// <summary>How many wait for something that only others can end.</summary>
    public int ExternalOperations { get; internal init; }

    /// <summary>How often the loop has slept.</summary>
    public long IdleWaits { get; internal init; }

    /// <summary>How far away the next timer is; null when there is none.</summary>
    public TimeSpan? TimeToNextDeadline { get; internal init; }

    /// <summary>
    /// How long the one that has waited longest for its turn has waited, to some milliseconds; counted from the turn
    /// before or, while turns are short, up to 16 steps earlier.
    /// </summary>
    public TimeSpan OldestRunnableAge { get; internal init; }

    /// <summary>Which part of the time since it began to run it was not asleep: from 0 to 1.</summary>
    public double Utilization { get; internal init; }

    /// <summary>Tells the figures that matter most.</summary>
    /// <returns>Tasks, queue and timers.</returns>
    public override string ToString() =>
        $"EventLoop: {LiveTasks} tasks, {RunQueueLength} can run, {TimerCount} timers, {ExternalOperations} external";
}
