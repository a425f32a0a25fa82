using System;

namespace ScopedTasks;

/// <summary>Is a scope on an event loop: of a group, of a <see cref="CancelScope"/>, of a run.</summary>
/// <param name="loop">Where it is.</param>
/// <param name="owner">Whose code is in it; null for code that is not a coroutine's.</param>
internal sealed class ScopeNode(EventLoop loop, Waiter? owner) : CancelNode
{
    private CancelScope? _facade;
    private string? _reason;

    /// <summary>The group whose scope it is, if that wants to know of its cancellation.</summary>
    public CoroutineGroup? Group { get; set; }

    /// <summary>Where it is.</summary>
    public EventLoop Loop => loop;

    /// <summary>Whose code is in it.</summary>
    public Waiter? Owner => owner;

    /// <summary>What it is called.</summary>
    public string? Name { get; set; }

    /// <summary>The scope that it moves to once what is in it has started; null if it stays.</summary>
    public ScopeNode? Destination { get; init; }

    /// <inheritdoc/>
    public override string? Reason => _reason;

    /// <inheritdoc/>
    public override CancelScope? Facade => _facade;

    /// <summary>Shows it as a scope.</summary>
    public void ShowAs(CancelScope facade) => _facade = facade;

    /// <summary>Keeps why it is about to be cancelled.</summary>
    public void SetReason(string? reason)
    {
        if (!IsCancelled)
            _reason = reason;
    }

    /// <inheritdoc/>
    public override void Run(EventLoop loop) => throw new InvalidOperationException("A scope has no turn.");

    /// <inheritdoc/>
    protected override void OnCancelChanged()
    {
        if (!IsCancelled)
            return;
        Group?.OnCancelled();
        if (owner?.WaitNode == this)
            owner.Abort();
        if (_facade is not null)
            loop.CancelLater(_facade);
    }
}
