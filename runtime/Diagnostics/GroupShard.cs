using System;
using System.Collections.Generic;
using System.Threading;

namespace ScopedTasks;

/// <summary>A part of <see cref="LiveGroups"/>: who has opened a group here that has not ended.</summary>
/// <remarks>
/// The few that live at a time have a slot, taken and left without a lock. What finds none, and what is held weakly as
/// nobody has to end it, is in a list under a lock that is held for a few instructions.
/// </remarks>
internal sealed class GroupShard
{
    private const int Unslotted = -1;
    private const int SlotCount = 16;
    private const int FewestToSweep = 64;
    private const int MostSpare = 16;

    private readonly GroupNode?[] _slots = new GroupNode?[SlotCount];

    // Making a weak reference is dear, changing its target is not.
    private readonly Stack<WeakReference<TaskGroup>> _spare = new();

    private Line<GroupNode, GroupNode.Neighbourhood> _line;
    private int _free;
    private int _sweepAt = FewestToSweep;

    /// <summary>Keeps a group.</summary>
    public void Add(GroupNode node)
    {
        node.Shard = this;
        node.Slot = TakeSlot(node);
        if (node.Slot != Unslotted)
            return;
        lock (_spare)
            Link(node);
    }

    /// <summary>Keeps a group as long as somebody else holds it.</summary>
    public void AddWeakly(GroupNode node, TaskGroup group)
    {
        node.Shard = this;
        node.Slot = Unslotted;
        lock (_spare)
        {
            node.HoldBy(Refer(group));
            Link(node);
        }
    }

    /// <summary>Forgets a group.</summary>
    public void Remove(GroupNode node)
    {
        if (node.Slot != Unslotted)
        {
            // Whoever opens the next group finds it at once.
            Volatile.Write(ref _slots[node.Slot], null);
            _free = node.Slot;
            return;
        }
        lock (_spare)
            Unlink(node);
    }

    /// <summary>Those that live, each with its number.</summary>
    public List<(long Number, TaskGroup Group)> ToList()
    {
        var groups = new List<(long, TaskGroup)>();
        for (var slot = 0; slot < SlotCount; slot++)
            AddTo(groups, Volatile.Read(ref _slots[slot]));
        lock (_spare)
        {
            for (var node = _line.First; node is not null; node = After(node))
                AddTo(groups, node);
        }
        return groups;
    }

    private static void AddTo(List<(long, TaskGroup)> groups, GroupNode? node)
    {
        if (node?.Group is { } group)
            groups.Add((node.Number, group));
    }

    private int TakeSlot(GroupNode node)
    {
        var first = _free;
        for (var tried = 0; tried < SlotCount; tried++)
        {
            var slot = (first + tried) % SlotCount;
            if (_slots[slot] is null && Interlocked.CompareExchange(ref _slots[slot], node, null) is null)
                return slot;
        }
        return Unslotted;
    }

    private WeakReference<TaskGroup> Refer(TaskGroup group)
    {
        if (_spare.Count == 0)
            return new WeakReference<TaskGroup>(group);
        var reference = _spare.Pop();
        reference.SetTarget(group);
        return reference;
    }

    private static GroupNode? After(GroupNode node) => Line<GroupNode, GroupNode.Neighbourhood>.After(node);

    private void Link(GroupNode node)
    {
        _line.Add(node);
        if (_line.Count >= _sweepAt)
            SweepAbandoned();
    }

    /// <summary>Forgets those that were collected without having been ended.</summary>
    private void SweepAbandoned()
    {
        for (var node = _line.First; node is not null;)
        {
            var next = After(node);
            if (node.Group is null)
                Unlink(node);
            node = next;
        }
        _sweepAt = Math.Max(FewestToSweep, 2 * _line.Count);
    }

    private void Unlink(GroupNode node)
    {
        if (_line.Remove(node) && node.TakeReference() is { } reference && _spare.Count < MostSpare)
            _spare.Push(reference);
    }
}
