using System;
using System.Collections.Generic;
using System.Threading;

namespace ScopedTasks;

// What those may wait for who run on the loop, and what cancels that.
public sealed partial class EventLoop
{
    private readonly List<CancelScope> _toCancel = [];
    private ExecutionContext? _nodeFlow;
    private CancelNode? _nodeOfFlow;
    private int _external;
    private int _ownerlessWaits;

    /// <summary>What runs on the loop's thread, while it has one.</summary>
    internal OnThisThread Here { get; private set; } = null!;

    /// <summary>The scope of the run: around all others.</summary>
    internal ScopeNode RunNode => _run;

    private bool HasExternal => _external > _ownerlessWaits || Volatile.Read(ref _keptAlive) > 0;

    /// <summary>Insists that the code that runs is a loop's.</summary>
    /// <returns>False, for an awaiter to say that it is not completed.</returns>
    internal static bool Require(string what, string instead = "")
    {
        var here = OnThisThread.Here;
        if (here.Code is not LoopTask
            && (here.Loop is null || here.Code is CoroutineRunner { IsForeignToLoops: true }))
        {
            throw Missing(what, instead);
        }
        return false;
    }

    /// <summary>The loop of the code that runs, for something that needs one.</summary>
    internal static EventLoop Get(string what)
    {
        Require(what);
        return Current!;
    }

    /// <summary>Says that something needs a loop.</summary>
    internal static InvalidOperationException Missing(string what, string instead = "") =>
        Waiter.Current is DriverRunner
            ? new InvalidOperationException(
                $"{what}{InCoroutine()} needs a running EventLoop, and a CoroutineDriver is none: use EventLoop.Run.")
            : new InvalidOperationException(
                $"{what}{InCoroutine()} needs a running EventLoop; {instead}use EventLoop.Run or loop.InvokeAsync.");

    /// <summary>Whether the innermost scope of the code that runs is cancelled.</summary>
    internal static bool IsCancelled(string what) => Get(what).CurrentNode.IsCancelled;

    /// <summary>The innermost scope of the code that runs.</summary>
    internal CancelNode CurrentNode => NodeOf(Waiter.Current?.Origin);

    /// <summary>The innermost scope in the flow of this moment, for the code of a task.</summary>
    internal CancelNode NodeOf(LoopTask? task) => NodeOf(task, ExecutionContext.Capture());

    /// <summary>The innermost scope in the flow of this moment, by somebody who knows that flow.</summary>
    internal CancelNode NodeOf(LoopTask? task, ExecutionContext? flow)
    {
        if (flow != _nodeFlow || flow is null)
        {
            _nodeFlow = flow;
            _nodeOfFlow = ScopeFlow.Innermost is { } innermost && innermost.Loop == this ? innermost : null;
        }
        var node = _nodeOfFlow ?? _run;
        if (node.HasEnded)
            node = node.Living();
        return task is not null && (_nodeOfFlow is null || IsAround(task, node)) && !task.HasEnded ? task : node;
    }

    /// <summary>Lets the others run, and goes on unless cancelled by then.</summary>
    internal void NextTurn(Waiter waiter)
    {
        waiter.WaitTurn(waiter.FindNode(this));
        _ready.Enqueue(waiter);
    }

    /// <summary>Lets a waiter sleep.</summary>
    /// <param name="waiter">Who sleeps.</param>
    /// <param name="ticks">As <see cref="SleepAwaitable"/> counts.</param>
    internal void Sleep(Waiter waiter, long ticks)
    {
        if (ticks == 0)
        {
            NextTurn(waiter);
            return;
        }
        var node = waiter.FindNode(this);
        waiter.Wait(TimerWait.Instance, node);
        if (node.IsCancelled)
            waiter.Pass(this);
        else if (ticks > 0)
            Timers.Set(waiter, Clock.After(new TimeSpan(ticks)));
        else if (ticks < -1)
            Timers.Set(waiter, Clock.At(new DateTimeOffset(-2 - ticks, TimeSpan.Zero)));
    }

    /// <summary>Runs a coroutine that code on the loop awaits which is not a coroutine's.</summary>
    internal void Adopt(Coroutine coroutine)
    {
        var adoption = new Adoption();
        coroutine.ReturnTo(adoption);
        // Whoever awaits the task of that code waits for what the coroutine waits for, and for nothing else.
        var origin = Waiter.Current?.Origin;
        var task = new LoopTask(coroutine, new Adopter(adoption, origin));
        CurrentNode.Attach(task);
        OnTaskBegun(task);
        BeginInnerWait(origin);
        task.RunInline(this);
    }

    /// <summary>Starts a coroutine in the next turn.</summary>
    internal LoopTask Spawn(Coroutine coroutine, CancelNode parent, ITaskOwner owner, ExecutionContext? flow)
    {
        var task = new LoopTask(coroutine, owner);
        coroutine.Context = flow;
        parent.Attach(task);
        OnTaskBegun(task);
        _ready.Enqueue(task);
        return task;
    }

    /// <summary>Counts a task.</summary>
    internal void OnTaskBegun(LoopTask task)
    {
        _liveTasks++;
        Observer?.OnSpawned(task);
    }

    /// <summary>Counts a task.</summary>
    internal void OnTaskEnded(LoopTask task)
    {
        _liveTasks--;
        Observer?.OnExited(task);
    }

    /// <summary>Counts waits that only others can end.</summary>
    internal void CountExternal(int change) => _external += change;

    /// <summary>A wait of the loop began in code that is not a coroutine's.</summary>
    internal void BeginInnerWait(LoopTask? origin)
    {
        if (origin is null)
            _ownerlessWaits++;
        else
            origin.BeginInnerWait(this);
    }

    /// <summary>A wait of the loop ended in code that is not a coroutine's.</summary>
    internal void EndInnerWait(LoopTask? origin)
    {
        if (origin is null)
            _ownerlessWaits--;
        else
            origin.EndInnerWait(this);
    }

    /// <summary>Cancels a scope; on the loop's thread.</summary>
    /// <returns>What callbacks of tokens threw.</returns>
    internal AggregateException? Cancel(CancelNode node)
    {
        node.CancelItself();
        return CancelTokens();
    }

    /// <summary>Cancels a scope for somebody who cannot be told what callbacks threw.</summary>
    internal void CancelReporting(CancelNode node)
    {
        if (Cancel(node) is { } failure)
            Report(failure);
    }

    /// <summary>Cancels the tokens of scopes, for somebody who cannot be told what callbacks threw.</summary>
    internal void CancelTokensReporting()
    {
        if (CancelTokens() is { } failure)
            Report(failure);
    }

    /// <summary>Cancels the token of a scope, once the tree is at rest.</summary>
    internal void CancelLater(CancelScope scope) => _toCancel.Add(scope);

    /// <summary>Cancels the tokens of all scopes that were cancelled; callbacks may cancel more.</summary>
    internal AggregateException? CancelTokens()
    {
        List<Exception>? failures = null;
        for (var index = 0; index < _toCancel.Count; index++)
        {
            var scope = _toCancel[index];
            try
            {
                scope.CancelToken();
            }
            catch (AggregateException exception)
            {
                (failures ??= []).AddRange(exception.InnerExceptions);
            }
        }
        _toCancel.Clear();
        return failures is null ? null : new AggregateException(failures);
    }

    // A coroutine that a task method awaits lies in the task that called the method, not in its scope.
    private static bool IsAround(LoopTask task, CancelNode node)
    {
        var parent = task.Parent;
        while (parent != node && parent is LoopTask caller)
            parent = caller.Parent;
        return parent == node;
    }

    private static string InCoroutine() => Waiter.Current is CoroutineRunner runner ? $" in '{runner.Leaf.Name}'" : "";

    private static void Report(AggregateException failure)
    {
        foreach (var exception in failure.InnerExceptions)
            UnobservedFailures.Report(handler: null, group: null, exception);
    }
}
