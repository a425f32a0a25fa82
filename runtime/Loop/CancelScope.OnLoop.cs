using System;
using System.Threading;

namespace ScopedTasks;

// A scope on an event loop.
public sealed partial class CancelScope
{
    internal CancelScope(ILoopScope onLoop, TimeProvider clock)
    {
        (_onLoop, _clock) = (onLoop, clock);
        if (onLoop.IsCancelled)
            _source.Cancel();
    }

    /// <summary>
    /// The innermost scope of the code that runs on an event loop: that of its group, at least; null elsewhere.
    /// </summary>
    public static CancelScope? Current =>
        EventLoop.Current is { } loop ? LoopScope.FacadeOf(loop, loop.CurrentNode) : null;

    /// <summary>The token, without making anything.</summary>
    internal CancellationToken TokenIfMade => _source.Token;

    partial void EnterLoop(bool shield)
    {
        if (EventLoop.Current is not { } loop || Waiter.Current is CoroutineRunner { IsForeignToLoops: true })
            return;
        var node = new ScopeNode(loop, Waiter.Current);
        node.ShowAs(this);
        _onLoop = new LoopScope(loop, node, ScopeFlow.Innermost);
        if (shield)
            node.SetShield(true);
        loop.CurrentNode.Attach(node);
        loop.CancelTokensReporting();
        if (IsCancelledBefore)
            loop.CancelReporting(node);
        ScopeFlow.Innermost = node;
    }

    private bool IsCancelledBefore => _cancelledItself || _source.IsCancellationRequested;
}
