using System.Collections.Generic;
using System.Threading;

namespace ScopedTasks;

/// <summary>Decides which children a group can still show, without a lock on the way in or out.</summary>
/// <remarks>
/// A child links itself in front. When it ends it is only marked, as it cannot unlink itself without a lock; once
/// those that have ended are many more than those that run, one of them sweeps. So a group that lives on holds a
/// bounded number of small dead objects per running child.
/// </remarks>
internal struct RunningChildren
{
    private const int FewestToSweep = 32;
    private const int EndedPerRunning = 8;

    private RunningChild? _newest;
    private int _ended;

    /// <summary>Links a child that has started.</summary>
    public void Add(RunningChild child)
    {
        RunningChild? seen;
        do
        {
            seen = Volatile.Read(ref _newest);
            child.Older = seen;
        }
        while (Interlocked.CompareExchange(ref _newest, child, seen) != seen);
    }

    /// <summary>Counts a child that is marked as ended, and sweeps when it is time.</summary>
    public void OnEnded(int running, object gate)
    {
        // It may lose a count when two end at once: then the sweep comes a little later.
        if (++_ended > FewestToSweep && _ended > running * EndedPerRunning && Monitor.TryEnter(gate))
        {
            try
            {
                _ended = 0;
                Sweep();
            }
            finally
            {
                Monitor.Exit(gate);
            }
        }
    }

    /// <summary>Lets go of all.</summary>
    public void Clear() => _newest = null;

    /// <summary>Those that run, in the order in which they were started.</summary>
    public List<RunningChild> ToList()
    {
        var children = new List<RunningChild>();
        for (var child = Volatile.Read(ref _newest); child is not null; child = child.Older)
        {
            if (!child.HasEnded && child.IsWatching)
                children.Add(child);
        }
        children.Reverse();
        return children;
    }

    /// <summary>How many items of a sequence run.</summary>
    public int CountItems()
    {
        var count = 0;
        for (var child = Volatile.Read(ref _newest); child is not null; child = child.Older)
        {
            if (child is { IsItem: true, IsWatching: true })
                count++;
        }
        return count;
    }

    private void Sweep()
    {
        while (Volatile.Read(ref _newest) is { HasEnded: true } first)
            Interlocked.CompareExchange(ref _newest, first.Older, first);
        for (var child = _newest; child is not null; child = child.Older)
        {
            while (child.Older is { HasEnded: true } ended)
                child.Older = ended.Older;
        }
    }
}
