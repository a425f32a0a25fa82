using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Tells a group when one of its children has ended.</summary>
internal class ChildWatcher(TaskGroup group, object? label, long startedAt, bool hasSlot)
    : RunningChild(label, startedAt)
{
    /// <inheritdoc/>
    public override Task Outcome => group.Completion;

    /// <summary>The task by which somebody else may wait for the child too, if it is not the watched one.</summary>
    public virtual Task? Awaited => null;

    /// <summary>Whether the child takes one of the group's places.</summary>
    public bool HasPlaceIn(TaskGroup other) => hasSlot && group == other;

    /// <inheritdoc/>
    protected override void OnEnded(Task task)
    {
        var label = Label;
        MarkEnded();
        group.JudgeChild(task, label, hasSlot);
        Announce(task);
        group.LeaveChild();
        group.OnShownChildEnded();
    }

    /// <summary>Called when the group knows how the child ended, and has not ended itself.</summary>
    protected virtual void Announce(Task task)
    {
    }
}
