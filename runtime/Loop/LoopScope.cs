using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Shows a node of the tree of an event loop as a scope.</summary>
internal sealed class LoopScope(EventLoop loop, CancelNode node, ScopeNode? outer) : ILoopScope
{
    /// <inheritdoc/>
    public bool IsCancelled => node.IsCancelled;

    /// <inheritdoc/>
    public string? Reason => node.Reason;

    /// <inheritdoc/>
    public bool Shield
    {
        get => node.IsShielded;
        set
        {
            Require();
            node.SetShield(value);
            loop.CancelTokensReporting();
        }
    }

    /// <summary>The scope that shows a node.</summary>
    public static CancelScope FacadeOf(EventLoop loop, CancelNode node)
    {
        if (node.Facade is { } known)
            return known;
        var facade = new CancelScope(new LoopScope(loop, node, outer: null), loop.TimeProvider);
        if (node is ScopeNode scope)
            scope.ShowAs(facade);
        else if (node is LoopTask task)
            task.Extras.Facade = facade;
        return facade;
    }

    /// <inheritdoc/>
    public AggregateException? Cancel(string? reason)
    {
        if (EventLoop.Current != loop)
        {
            loop.TryRun(new CallbackItem(() => CancelHere(reason, reports: true)));
            return null;
        }
        return CancelHere(reason, reports: false);
    }

    /// <inheritdoc/>
    public bool Catches(CancellationToken parent)
    {
        if (!node.IsCancelledItself || node.IsCancelledFromOutside || parent.IsCancellationRequested)
            return false;
        Waiter.Current?.Origin?.ForgetSwallowed();
        return true;
    }

    /// <inheritdoc/>
    public void Exit()
    {
        if (node is not ScopeNode scope || EventLoop.Current != loop || ScopeFlow.Innermost != scope)
        {
            throw new InvalidOperationException(
                "A scope on an event loop is left where it was entered, after all scopes that were entered in it.");
        }
        ScopeFlow.Innermost = outer;
    }

    /// <inheritdoc/>
    public void Close() => node.End();

    private AggregateException? CancelHere(string? reason, bool reports)
    {
        if (node.HasEnded)
            return null;
        if (node is ScopeNode scope)
            scope.SetReason(reason);
        else if (node is LoopTask { IsCancelled: false } task && reason is not null)
            task.Extras.Reason = reason;
        if (!reports)
            return loop.Cancel(node);
        loop.CancelReporting(node);
        return null;
    }

    private void Require()
    {
        if (EventLoop.Current != loop)
        {
            throw new InvalidOperationException(
                "The shield of a scope is changed on the thread of its event loop only.");
        }
    }
}
