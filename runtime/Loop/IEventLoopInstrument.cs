using System;

namespace ScopedTasks;

/// <summary>Is told what happens on an event loop, on its thread; one that throws is removed.</summary>
public interface IEventLoopInstrument
{
    /// <summary>A task is about to begin.</summary>
    /// <param name="task">The task.</param>
    void TaskSpawned(TaskNode task)
    {
    }

    /// <summary>A task has ended.</summary>
    /// <param name="task">The task.</param>
    void TaskExited(TaskNode task)
    {
    }

    /// <summary>A task is about to run.</summary>
    /// <param name="task">The task.</param>
    void BeforeStep(TaskNode task)
    {
    }

    /// <summary>A task has run until it waited or ended.</summary>
    /// <param name="task">The task.</param>
    /// <param name="duration">How long it ran.</param>
    void AfterStep(TaskNode task, TimeSpan duration)
    {
    }

    /// <summary>A task ran for longer than the threshold.</summary>
    /// <param name="task">The task.</param>
    /// <param name="duration">How long it ran.</param>
    void SlowStep(TaskNode task, TimeSpan duration)
    {
    }

    /// <summary>The loop is about to sleep.</summary>
    void BeforeIdle()
    {
    }

    /// <summary>The loop has woken.</summary>
    void AfterIdle()
    {
    }
}
