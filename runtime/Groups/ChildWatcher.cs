using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Tells a group when one of its children has ended.</summary>
internal sealed class ChildWatcher(TaskGroup group, string? name, bool hasSlot) : Watcher
{
    /// <inheritdoc/>
    protected override void OnEnded(Task task) => group.OnChildEnded(task, name, hasSlot);
}
