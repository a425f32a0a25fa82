using System;

namespace ScopedTasks;

/// <summary>Keeps what can run, in the order in which it became so.</summary>
internal sealed class ReadyQueue
{
    private Slot[] _items = new Slot[64];
    private int _head;
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>Adds one at the end.</summary>
    public void Enqueue(LoopItem item)
    {
        if (_count == _items.Length)
            Grow();
        _items[(_head + _count) & (_items.Length - 1)].Item = item;
        _count++;
    }

    /// <summary>Takes the first; there must be one.</summary>
    public LoopItem Dequeue()
    {
        ref var slot = ref _items[_head];
        var item = slot.Item!;
        slot.Item = null;
        _head = (_head + 1) & (_items.Length - 1);
        _count--;
        return item;
    }

    /// <summary>Mixes all that are in it.</summary>
    public void Shuffle(Random random)
    {
        var mask = _items.Length - 1;
        for (var left = _count; left > 1; left--)
        {
            ref var last = ref _items[(_head + left - 1) & mask];
            ref var other = ref _items[(_head + random.Next(left)) & mask];
            (last, other) = (other, last);
        }
    }

    private void Grow()
    {
        var items = new Slot[_items.Length * 2];
        var tail = _items.Length - _head;
        Array.Copy(_items, _head, items, 0, tail);
        Array.Copy(_items, 0, items, tail, _head);
        _items = items;
        _head = 0;
    }

    /// <summary>Holds one item: an array of these is stored into without asking for the type of each.</summary>
    private struct Slot
    {
        public LoopItem? Item;
    }
}
