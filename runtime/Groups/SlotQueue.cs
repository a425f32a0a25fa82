using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides which child of a bounded group may start: first come, first served.</summary>
/// <remarks>Nobody waits while a place is free. No foreign code is called under its lock.</remarks>
internal sealed class SlotQueue(int places)
{
    private readonly Queue<QueuedChild> _waiting = new();
    private readonly int _places = places;
    private int _free = places;
    private int _extra;
    private long _released;

    /// <summary>Where a child got.</summary>
    public enum Place
    {
        Free,
        Queued,
        None,
    }

    /// <summary>How many places are taken.</summary>
    public int Taken
    {
        get
        {
            lock (_waiting)
                return _places - _free + _extra;
        }
    }

    /// <summary>How often a place was given back.</summary>
    public long Released
    {
        get
        {
            lock (_waiting)
                return _released;
        }
    }

    /// <summary>Whether somebody may wait for a child that waits here.</summary>
    public bool IsAwaited => GetAwaited().Count > 0;

    /// <summary>How many children wait.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_waiting)
                return _waiting.Count;
        }
    }

    /// <summary>Those that wait, in order.</summary>
    public QueuedChild[] ToArray()
    {
        lock (_waiting)
            return _waiting.ToArray();
    }

    /// <summary>Takes a place, if one is free.</summary>
    public bool TryTake()
    {
        lock (_waiting)
        {
            if (_free == 0)
                return false;
            _free--;
            return true;
        }
    }

    /// <summary>Takes a place or queues; in a cancelled group only what must start may queue.</summary>
    public Place Add(QueuedChild child, TaskGroup group)
    {
        lock (_waiting)
        {
            if (_free > 0)
            {
                _free--;
                return Place.Free;
            }
            if (group.IsCancellationRequested && !child.MustStart)
                return Place.None;
            _waiting.Enqueue(child);
            return Place.Queued;
        }
    }

    /// <summary>Gives a place back: the next child that waits gets it.</summary>
    public void Release()
    {
        QueuedChild next;
        lock (_waiting)
        {
            _released++;
            if (_waiting.Count == 0)
            {
                if (_extra > 0)
                    _extra--;
                else
                    _free++;
                return;
            }
            next = _waiting.Dequeue();
        }
        next.Post();
    }

    /// <summary>Lets the next child that waits in, though no place is free.</summary>
    public void LetOneIn()
    {
        QueuedChild next;
        lock (_waiting)
        {
            if (_waiting.Count == 0)
                return;
            _extra++;
            next = _waiting.Dequeue();
        }
        next.Post();
    }

    /// <summary>The tasks by which somebody may wait for the children that wait here.</summary>
    public List<Task> GetAwaited()
    {
        lock (_waiting)
            return [.. _waiting.Select(child => child.Awaited).OfType<Task>()];
    }

    /// <summary>Drops what waits, except what must start.</summary>
    public void DropWaiting(TaskGroup group)
    {
        var dropped = new List<QueuedChild>();
        lock (_waiting)
        {
            for (var count = _waiting.Count; count > 0; count--)
            {
                var child = _waiting.Dequeue();
                if (child.MustStart)
                    _waiting.Enqueue(child);
                else
                    dropped.Add(child);
            }
        }
        foreach (var child in dropped)
            group.Drop(child);
    }
}
