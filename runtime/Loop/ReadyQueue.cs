using System;

namespace ScopedTasks;

/// <summary>Keeps what can run, in the order in which it became so.</summary>
/// <remarks>
/// A chain of segments: growing copies nothing, and what a rush needed is gone after it, but for one segment.
/// </remarks>
internal sealed class ReadyQueue
{
    private Segment _head;
    private Segment _tail;
    private Segment? _spare;
    private int _first;
    private int _next;
    private int _count;

    public ReadyQueue() => _head = _tail = new Segment();

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>Adds one at the end.</summary>
    public void Enqueue(LoopItem item)
    {
        if (_next == Segment.Length)
            Append();
        _tail.Items[_next++].Item = item;
        _count++;
    }

    /// <summary>Takes the first; there must be one.</summary>
    public LoopItem Dequeue()
    {
        if (_first == Segment.Length)
            DropHead();
        ref var slot = ref _head.Items[_first++];
        var item = slot.Item!;
        slot.Item = null;
        _count--;
        return item;
    }

    /// <summary>Mixes all that are in it.</summary>
    public void Shuffle(Random random)
    {
        var items = new LoopItem[_count];
        for (var index = 0; index < items.Length; index++)
            items[index] = Dequeue();
        for (var left = items.Length; left > 1; left--)
        {
            var other = random.Next(left);
            (items[left - 1], items[other]) = (items[other], items[left - 1]);
        }
        foreach (var item in items)
            Enqueue(item);
    }

    private void Append()
    {
        var segment = _spare ?? new Segment();
        _spare = null;
        _tail = _tail.Next = segment;
        _next = 0;
    }

    private void DropHead()
    {
        var dropped = _head;
        _head = dropped.Next!;
        _first = 0;
        dropped.Next = null;
        _spare = dropped;
    }

    /// <summary>Holds one item: an array of these is stored into without asking for the type of each.</summary>
    private struct Slot
    {
        public LoopItem? Item;
    }

    /// <summary>Holds some of the items.</summary>
    private sealed class Segment
    {
        public const int Length = 512;

        public readonly Slot[] Items = new Slot[Length];
        public Segment? Next;
    }
}
