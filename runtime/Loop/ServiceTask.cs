using System;

namespace ScopedTasks;

/// <summary>
/// Decides how a service ends: cancelled after the work that it serves, or with a failure of its group.
/// </summary>
internal sealed class ServiceTask(CoroutineGroup group, ScopeNode node) : ITaskOwner
{
    /// <summary>Who waits for its end.</summary>
    public WaitQueue Joiner { get; } = new(() => $"a service of {group}");

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The work has ended.</summary>
    public void Cancel(EventLoop loop) => loop.CancelReporting(node);

    /// <inheritdoc/>
    public void OnEnded(EventLoop loop, LoopTask task)
    {
        HasEnded = true;
        node.End();
        if (task.Leaf.Failure is { } failure && !(failure is OperationCanceledException && node.IsCancelled))
            group.Fail(failure);
        Joiner.WakeAll(loop);
    }
}
