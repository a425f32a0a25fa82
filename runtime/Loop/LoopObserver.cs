using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace ScopedTasks;

/// <summary>Tells instruments what happens on a loop, watches for slow steps and measures the time of tasks.</summary>
internal sealed class LoopObserver
{
    private readonly List<IEventLoopInstrument> _instruments;
    private readonly TimeSpan? _threshold;
    private readonly LoopClock? _timesBy;
    private long _startedAt;

    private LoopObserver(EventLoopOptions options, LoopClock clock)
    {
        _instruments = [.. options.Instruments];
        _threshold = options.SlowStepThreshold;
        _timesBy = options.TrackTaskTimes ? clock : null;
    }

    /// <summary>An observer, if the options ask for one.</summary>
    public static LoopObserver? For(EventLoopOptions options, LoopClock clock) =>
        options.Instruments.Length > 0 || options.SlowStepThreshold is not null || options.TrackTaskTimes
            ? new LoopObserver(options, clock)
            : null;

    /// <summary>A task is about to begin.</summary>
    public void OnSpawned(LoopTask task)
    {
        if (_timesBy is not null)
            task.Extras.Times = new TaskTimes(_timesBy);
        Tell(task, static (instrument, node) => instrument.TaskSpawned(node));
    }

    /// <summary>A task has ended.</summary>
    public void OnExited(LoopTask task) => Tell(task, static (instrument, node) => instrument.TaskExited(node));

    /// <summary>A task is about to run.</summary>
    public void BeforeStep(LoopTask task)
    {
        Tell(task, static (instrument, node) => instrument.BeforeStep(node));
        _startedAt = Stopwatch.GetTimestamp();
        task.ExtrasIfAny?.Times?.BecomeAwake();
    }

    /// <summary>A task has run.</summary>
    public void AfterStep(LoopTask task, bool isEnded)
    {
        var now = Stopwatch.GetTimestamp();
        var duration = Stopwatch.GetElapsedTime(_startedAt, now);
        if (task.ExtrasIfAny?.Times is { } times)
        {
            if (isEnded || task.WaitingOn is not null)
                times.FallAsleep();
            else
                times.BecomeReady();
        }
        Tell(task, (instrument, node) => instrument.AfterStep(node, duration));
        if (_threshold is not { } threshold || duration <= threshold)
            return;
        UnobservedFailures.Warn(
            $"the coroutine '{task.Name}' kept its event loop busy for {duration.TotalMilliseconds:F0} ms in one step");
        Tell(task, (instrument, node) => instrument.SlowStep(node, duration));
    }

    /// <summary>The loop is about to sleep.</summary>
    public void BeforeIdle() => Tell(null, static (instrument, _) => instrument.BeforeIdle());

    /// <summary>The loop has woken.</summary>
    public void AfterIdle() => Tell(null, static (instrument, _) => instrument.AfterIdle());

    private void Tell(LoopTask? task, Action<IEventLoopInstrument, TaskNode> call)
    {
        for (var index = 0; index < _instruments.Count; index++)
        {
            try
            {
                call(_instruments[index], task is null ? null! : TaskNode.Of(task));
            }
            catch (Exception exception)
            {
                UnobservedFailures.Report(handler: null, group: null, exception);
                _instruments.RemoveAt(index--);
            }
        }
    }
}
