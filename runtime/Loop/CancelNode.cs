using System;
using System.Collections.Generic;
using System.Threading;

namespace ScopedTasks;

/// <summary>
/// Decides who on an event loop is cancelled: whatever lies below a cancelled node, up to the next shield.
/// </summary>
/// <remarks>
/// Children know their parent and their neighbours, so that trees of any depth are walked without a stack. A node that
/// has ended keeps its parent: what still runs under it belongs there.
/// </remarks>
internal abstract class CancelNode : LoopItem
{
    // The children are a ring, in the order in which they came.
    private CancelNode? _firstChild;
    private CancelNode? _next;
    private CancelNode? _previous;
    private bool _isCancelledItself;
    private bool _isCancelled;
    private bool _isShielded;

    /// <summary>What it lies in.</summary>
    public CancelNode? Parent { get; private set; }

    /// <summary>Whether it lies in its parent no more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether every wait in it throws.</summary>
    public bool IsCancelled => _isCancelled;

    /// <summary>Whether it was cancelled for itself, and not with its parent.</summary>
    public bool IsCancelledItself => _isCancelledItself;

    /// <summary>Whether the cancellation of its parent stops here.</summary>
    public bool IsShielded => _isShielded;

    /// <summary>Whether its parent's cancellation reaches it.</summary>
    public bool IsCancelledFromOutside => !_isShielded && Parent is { _isCancelled: true };

    /// <summary>Why it was cancelled.</summary>
    public virtual string? Reason => null;

    /// <summary>What stands for it in public, if somebody asked.</summary>
    public virtual CancelScope? Facade => null;

    /// <summary>What lies in it, in the order in which it came.</summary>
    public IEnumerable<CancelNode> Children
    {
        get
        {
            for (var child = _firstChild; child is not null; child = Following(child))
                yield return child;
        }
    }

    /// <summary>Lays a node into this one.</summary>
    public void Attach(CancelNode child)
    {
        child.Parent = this;
        if (_firstChild is not { } first)
        {
            _firstChild = child;
            child._next = child._previous = child;
        }
        else
        {
            var last = first._previous!;
            child._next = first;
            child._previous = last;
            last._next = child;
            first._previous = child;
        }
        if (_isCancelled != child._isCancelled)
            Refresh(child);
    }

    /// <summary>Takes it out of its parent, which it keeps as that of what still runs under it.</summary>
    public void End()
    {
        HasEnded = true;
        Unlink();
    }

    /// <summary>Moves it to another parent, with all that lies in it.</summary>
    public void MoveTo(CancelNode parent)
    {
        Unlink();
        parent.Attach(this);
        Refresh(this);
    }

    /// <summary>Cancels it and all below that no shield keeps it from.</summary>
    public void CancelItself()
    {
        if (_isCancelledItself)
            return;
        _isCancelledItself = true;
        Refresh(this);
    }

    /// <summary>Raises the shield, or takes it away.</summary>
    public void SetShield(bool isShielded)
    {
        _isShielded = isShielded;
        Refresh(this);
    }

    /// <summary>What a wait in it throws.</summary>
    public OperationCanceledException NewCancellation()
    {
        var source = this;
        while (!source._isCancelledItself && source.Parent is { } parent)
            source = parent;
        var message = source.Reason is { } reason
            ? $"The scope was cancelled: {reason}"
            : "The scope around this wait was cancelled.";
        return new OperationCanceledException(message, source.Facade?.TokenIfMade ?? new CancellationToken(true));
    }

    /// <summary>The innermost of these that has not ended.</summary>
    public CancelNode Living()
    {
        var node = this;
        while (node.HasEnded && node.Parent is { } parent)
            node = parent;
        return node;
    }

    /// <summary>Called when <see cref="IsCancelled"/> has changed; must not throw nor touch the tree.</summary>
    protected abstract void OnCancelChanged();

    private static CancelNode? Following(CancelNode child) =>
        child._next is { } next && child.Parent is { } parent && next != parent._firstChild ? next : null;

    private static void Refresh(CancelNode start)
    {
        var node = start;
        while (true)
        {
            var isCancelled = node._isCancelledItself || node.IsCancelledFromOutside;
            if (isCancelled != node._isCancelled)
            {
                node._isCancelled = isCancelled;
                node.OnCancelChanged();
                if (node._firstChild is { } child)
                {
                    node = child;
                    continue;
                }
            }
            CancelNode? next = null;
            while (node != start && (next = Following(node)) is null)
                node = node.Parent!;
            if (next is null)
                return;
            node = next;
        }
    }

    private void Unlink()
    {
        if (Parent is not { } parent || _next is null)
            return;
        if (_next == this)
        {
            parent._firstChild = null;
        }
        else
        {
            _previous!._next = _next;
            _next._previous = _previous;
            if (parent._firstChild == this)
                parent._firstChild = _next;
        }
        _next = _previous = null;
    }
}
