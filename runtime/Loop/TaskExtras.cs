using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Keeps what few tasks of an event loop need.</summary>
internal sealed class TaskExtras
{
    /// <summary>The name that it was given.</summary>
    public string? Name;

    /// <summary>Why it was cancelled.</summary>
    public string? Reason;

    /// <summary>Its own scope, if somebody asked for it.</summary>
    public CancelScope? Facade;

    /// <summary>Who waits for its end.</summary>
    public WaitQueue? Joiners;

    /// <summary>What it gives to awaiters that know no loop.</summary>
    public Action? Wake;

    /// <summary>The type of such an awaiter, while it waits.</summary>
    public Type? Awaiter;

    /// <summary>Whether such an awaiter is just taking its continuation.</summary>
    public bool IsBeginningForeign;

    /// <summary>1 while it waits for one.</summary>
    public int ForeignWaits;

    /// <summary>How many waits of the loop the code has that such an awaiter stands for.</summary>
    public int InnerWaits;

    /// <summary>Whether the loop counts that wait as one that only others can end.</summary>
    public bool IsExternal;

    /// <summary>The locks that it holds.</summary>
    public HashSet<AsyncLock>? Locks;

    /// <summary>What shows it.</summary>
    public TaskNode? Node;

    /// <summary>Where the time went.</summary>
    public TaskTimes? Times;
}
