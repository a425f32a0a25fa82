#if NET
using System.Diagnostics.Metrics;

namespace ScopedTasks;

/// <summary>Decides which metrics of the groups a meter listener may observe.</summary>
internal static class ScopedTasksMeter
{
    /// <summary>Makes the meter; it observes on demand, and costs nothing until then.</summary>
    public static Meter Create()
    {
        var meter = new Meter("ScopedTasks");
        meter.CreateObservableUpDownCounter(
            "scoped_tasks.groups",
            static () => GroupTotals.Now().Groups,
            "{group}",
            "Groups that have not ended.");
        meter.CreateObservableUpDownCounter(
            "scoped_tasks.children.running",
            static () => GroupTotals.Now().Running,
            "{child}",
            "Children that run.");
        meter.CreateObservableUpDownCounter(
            "scoped_tasks.children.queued",
            static () => GroupTotals.Now().Queued,
            "{child}",
            "Children that wait for a place.");
        meter.CreateObservableUpDownCounter(
            "scoped_tasks.loops.tasks",
            static () => LiveLoops.Load().Tasks,
            "{coroutine}",
            "Coroutines that event loops run.");
        meter.CreateObservableUpDownCounter(
            "scoped_tasks.loops.run_queue",
            static () => LiveLoops.Load().Runnable,
            "{coroutine}",
            "Coroutines that can run now, and wait for their turn.");
        meter.CreateObservableCounter(
            "scoped_tasks.failures",
            static () => LiveGroups.FailureCount,
            "{failure}",
            "Failures of children, bodies, services and resources.");
        meter.CreateObservableCounter(
            "scoped_tasks.groups.opened",
            static () => LiveGroups.OpenedCount,
            "{group}",
            "Groups that have been opened.");
        return meter;
    }
}
#endif
