using System;

namespace ScopedTasks;

/// <summary>Stands for a group among those that live, and in the flow of the code inside it.</summary>
/// <remarks>
/// What captures the flow (a timer, a pooled connection) may outlive the group by hours, and then holds this small
/// object only. A group in the scope form is held weakly: nobody has to end it.
/// </remarks>
internal sealed class GroupNode
{
    private volatile object? _target;
    private Neighbours<GroupNode> _neighbours;

    public GroupNode(TaskGroup group, long startedAt)
    {
        _target = group;
        StartedAt = startedAt;
    }

    /// <summary>How many groups had been opened when this one was, itself included.</summary>
    public long Number { get; } = LiveGroups.Count();

    /// <summary>When the group was opened, as <see cref="StartTimes"/> notes it.</summary>
    public long StartedAt { get; }

    /// <summary>The part of <see cref="LiveGroups"/> that holds it.</summary>
    public GroupShard? Shard { get; set; }

    /// <summary>Its slot there, if it has one.</summary>
    public int Slot { get; set; }

    /// <summary>The group, while it lives.</summary>
    public TaskGroup? Group => _target switch
    {
        TaskGroup group => group,
        WeakReference<TaskGroup> reference when reference.TryGetTarget(out var group) => group,
        _ => null,
    };

    /// <summary>The group, or the innermost one around it that lives.</summary>
    public TaskGroup? Innermost
    {
        get
        {
            var node = this;
            while (node is not null)
            {
                if (node.Group is { } group)
                    return group;
                node = node._target as GroupNode;
            }
            return null;
        }
    }

    /// <summary>Lets the group be collected though nobody ended it.</summary>
    public void HoldBy(WeakReference<TaskGroup> reference) => _target = reference;

    /// <summary>Takes the weak reference back, when the group has ended.</summary>
    public WeakReference<TaskGroup>? TakeReference()
    {
        if (_target is not WeakReference<TaskGroup> reference)
            return null;
        _target = null;
        return reference;
    }

    /// <summary>Says that the group has ended: the code of its flow is now in the one around it.</summary>
    public void Leave(GroupNode? outer) => _target = outer;

    /// <summary>Finds its neighbours in the line of <see cref="Shard"/>.</summary>
    public readonly struct Neighbourhood : INeighbours<GroupNode>
    {
        /// <inheritdoc/>
        public ref Neighbours<GroupNode> Of(GroupNode item) => ref item._neighbours;
    }
}
