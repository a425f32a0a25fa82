using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Tells a group when one of its children has ended.</summary>
internal sealed class ChildWatcher(TaskGroup group, object? label, long startedAt, bool hasSlot)
    : RunningChild(label, startedAt)
{
    /// <inheritdoc/>
    public override Task Outcome => group.Completion;

    /// <summary>Whether the child takes one of the group's places.</summary>
    public bool HasPlaceIn(TaskGroup other) => hasSlot && group == other;

    /// <inheritdoc/>
    protected override void OnEnded(Task task)
    {
        var label = Label;
        MarkEnded();
        group.OnChildEnded(task, label, hasSlot);
        group.OnShownChildEnded();
    }
}
