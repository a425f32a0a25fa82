using System;

namespace ScopedTasks;

/// <summary>Keeps those who wait for the same thing: first come, first served.</summary>
/// <remarks>The waiters are linked themselves, so that waiting allocates nothing.</remarks>
/// <param name="describe">Says what is waited for.</param>
internal sealed class WaitQueue(Func<string> describe) : IWait
{
    private Line<Waiter, Waiter.Neighbourhood> _line;

    /// <summary>How many wait.</summary>
    public int Count => _line.Count;

    /// <summary>Who has waited longest.</summary>
    public Waiter? First => _line.First;

    /// <summary>The loop that runs here, for something that wakes others.</summary>
    public static EventLoop RequireLoop(string what) =>
        EventLoop.Current ?? throw IsElsewhere(what);

    /// <summary>Says that something was changed on the wrong thread.</summary>
    public static InvalidOperationException IsElsewhere(string what) =>
        new($"{what} is changed on the thread of its event loop only; use loop.Post from another one.");

    /// <summary>Whether an await need not suspend: what it waits for is there, and it is not cancelled.</summary>
    public static bool IsOver(bool isThere, string what)
    {
        if (!isThere)
            return EventLoop.Require(what);
        return EventLoop.Current is not { } loop || !loop.CurrentNode.IsCancelled;
    }

    /// <summary>Suspends a waiter, if what it waits for is there only until it is cancelled.</summary>
    public void Join(Waiter waiter, bool isThere)
    {
        var loop = EventLoop.Current!;
        if (isThere)
            loop.NextTurn(waiter);
        else
            Enter(waiter, loop);
    }

    /// <summary>
    /// Suspends a waiter at the end of the queue; one that is cancelled passes through the loop only.
    /// </summary>
    public void Enter(Waiter waiter, EventLoop loop)
    {
        var node = waiter.FindNode(loop);
        waiter.Wait(this, node);
        if (node.IsCancelled)
            waiter.Pass(loop);
        else
            _line.Add(waiter);
    }

    /// <summary>Suspends a waiter that no cancellation interrupts.</summary>
    public void EnterUncancelled(Waiter waiter, CancelNode node)
    {
        waiter.Wait(new UncancelledWait(describe()), node);
        _line.Add(waiter);
    }

    /// <summary>Takes who has waited longest; it is still to be woken.</summary>
    public Waiter? Take() => _line.Take();

    /// <summary>Wakes all.</summary>
    public void WakeAll(EventLoop loop)
    {
        while (Take() is { } waiter)
            waiter.Wake(loop);
    }

    /// <inheritdoc/>
    public bool IsOverWhenAborted => true;

    /// <inheritdoc/>
    public bool TryAbort(Waiter waiter)
    {
        _line.Remove(waiter);
        return true;
    }

    /// <inheritdoc/>
    public string Describe(Waiter waiter) => describe();
}
