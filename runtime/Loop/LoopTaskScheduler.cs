using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Runs tasks in the turns of a loop.</summary>
internal sealed class LoopTaskScheduler(EventLoop loop) : TaskScheduler
{
    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <inheritdoc/>
    protected override void QueueTask(Task task) =>
        ObjectDisposedException.ThrowIf(!loop.TryRun(new CallbackItem(() => TryExecuteTask(task))), loop);

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        EventLoop.Current == loop && !taskWasPreviouslyQueued && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
