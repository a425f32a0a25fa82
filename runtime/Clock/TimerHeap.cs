using System;

namespace ScopedTasks;

/// <summary>Keeps items by the time when they are due; of those due together, the one that came first.</summary>
/// <remarks>A heap of four, whose items know their place: moving and removing one leaves nothing behind.</remarks>
internal sealed class TimerHeap
{
    private const int Smallest = 16;

    private Entry[] _entries = new Entry[Smallest];
    private int _sequence;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>When the first is due; there must be one.</summary>
    public long First => _entries[0].Due;

    /// <summary>Adds an item, or moves it.</summary>
    public void Set(LoopItem item, long due)
    {
        var index = item.TimerIndex - 1;
        if (index < 0)
        {
            if (Count == _entries.Length)
                Array.Resize(ref _entries, Count * 2);
            index = Count++;
        }
        item.TimerOrder = unchecked(_sequence++);
        var entry = new Entry(due, item);
        if (!Rise(index, entry))
            Sink(index, entry);
    }

    /// <summary>Removes an item, if it is in.</summary>
    /// <returns>Whether it was.</returns>
    public bool Remove(LoopItem item)
    {
        var index = item.TimerIndex - 1;
        if (index < 0)
            return false;
        item.TimerIndex = 0;
        Count--;
        var last = _entries[Count];
        _entries[Count] = default;
        if (index < Count && !Rise(index, last))
            Sink(index, last);
        if (_entries.Length > Smallest && Count < _entries.Length / 4)
            Array.Resize(ref _entries, _entries.Length / 2);
        return true;
    }

    /// <summary>Takes the first item, if it is due.</summary>
    public LoopItem? TakeDue(long now)
    {
        if (Count == 0 || _entries[0].Due > now)
            return null;
        var item = _entries[0].Item;
        Remove(item);
        return item;
    }

    // Moves the entry up from a free place, as far as it must; false, and nothing placed, if it need not rise.
    private bool Rise(int index, Entry entry)
    {
        var start = index;
        while (index > 0)
        {
            var parent = (index - 1) >> 2;
            if (!entry.IsBefore(_entries[parent]))
                break;
            Place(index, _entries[parent]);
            index = parent;
        }
        if (index == start)
            return false;
        Place(index, entry);
        return true;
    }

    private void Sink(int index, Entry entry)
    {
        while (true)
        {
            var first = (index << 2) + 1;
            if (first >= Count)
                break;
            var smallest = first;
            var end = Math.Min(first + 4, Count);
            for (var child = first + 1; child < end; child++)
            {
                if (_entries[child].IsBefore(_entries[smallest]))
                    smallest = child;
            }
            if (!_entries[smallest].IsBefore(entry))
                break;
            Place(index, _entries[smallest]);
            index = smallest;
        }
        Place(index, entry);
    }

    private void Place(int index, Entry entry)
    {
        _entries[index] = entry;
        entry.Item.TimerIndex = index + 1;
    }

    /// <summary>An item and its place in time.</summary>
    private readonly struct Entry(long due, LoopItem item)
    {
        public long Due => due;

        public LoopItem Item => item;

        // The count begins anew after its highest; those who sleep at the same time are fewer than half of that.
        public bool IsBefore(in Entry other) =>
            due != other.Due ? due < other.Due : unchecked(item.TimerOrder - other.Item.TimerOrder) < 0;
    }
}
