using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Is a coroutine that an event loop runs: one line of execution, with its place in the tree.</summary>
internal sealed class LoopTask(Coroutine root, ITaskOwner owner) : CoroutineRunner(root)
{
    private TaskExtras? _extras;

    /// <summary>Who waits for it.</summary>
    public ITaskOwner Owner { get; set; } = owner;

    /// <summary>What few tasks need.</summary>
    public TaskExtras Extras => _extras ??= new TaskExtras();

    /// <summary>What few tasks need, if it was needed.</summary>
    public TaskExtras? ExtrasIfAny => _extras;

    /// <summary>Whether its coroutine has ended.</summary>
    public bool IsEnded => Leaf is { IsEnded: true, Caller: null };

    /// <summary>Whether an awaiter that knows no loop is just taking its continuation.</summary>
    public bool IsBeginningForeign => _extras is { IsBeginningForeign: true };

    /// <summary>What it was called, else the name of its method.</summary>
    public string Name => _extras?.Name ?? Root.Name;

    /// <inheritdoc/>
    public override bool IsForeignToLoops => false;

    /// <inheritdoc/>
    public override LoopTask Origin => this;

    /// <inheritdoc/>
    public override CancelNode FindNode(EventLoop loop) => loop.NodeOf(this, loop.Here.Captured);

    /// <inheritdoc/>
    public override string? Reason => _extras?.Reason;

    /// <inheritdoc/>
    public override CancelScope? Facade => _extras?.Facade;

    /// <inheritdoc/>
    public override void Run(EventLoop loop)
    {
        if (loop.Observer is { } observer)
        {
            RunObserved(loop, observer);
            return;
        }
        // One that was spawned where the flow is suppressed has none, and must not get that of whoever ran before.
        if (Leaf.Context is null)
            loop.LeaveTasks();
        var here = loop.Here;
        if (!Step(here))
            return;
        // Whoever waits for it runs in a turn of his own, and with his own flow: this one may stay for the next child.
        here.Code = null;
        here.ForgetFlow();
        Finish(loop);
    }

    /// <summary>Runs its first step now.</summary>
    public void RunInline(EventLoop loop)
    {
        if (StepInside())
            Finish(loop);
    }

    /// <summary>Ends it before it has begun.</summary>
    public void Drop(EventLoop loop, Exception reason)
    {
        Leaf.Drop(reason);
        Finish(loop);
    }

    /// <summary>
    /// Says that what the awaiter stands for is a wait of the loop: cancellable, and nothing that others have to end.
    /// </summary>
    public void TurnIntoWait(IWait wait) => Wait(wait, WaitNode!);

    /// <summary>Says that it waits for something that only others than the loop can bring.</summary>
    public void WaitExternally(IExternalWait wait, CancelNode node, EventLoop loop)
    {
        _ = Extras;
        Wait(wait, node);
        CountForeign(loop);
    }

    /// <summary>A wait of the loop began in the code that it awaits.</summary>
    public void BeginInnerWait(EventLoop loop)
    {
        Extras.InnerWaits++;
        CountForeign(loop);
    }

    /// <summary>A wait of the loop ended in the code that it awaits.</summary>
    public void EndInnerWait(EventLoop loop)
    {
        Extras.InnerWaits--;
        CountForeign(loop);
    }

    // What it waited for has completed: on any thread, at any time.
    private void OnForeignCompleted(EventLoop loop)
    {
        if (Interlocked.Exchange(ref _extras!.ForeignWaits, 0) == 0)
            return;
        if (EventLoop.Current == loop)
            OnPosted(loop);
        else
            loop.PostInternally(this);
    }

    /// <inheritdoc/>
    public override void OnPosted(EventLoop loop)
    {
        _extras!.Awaiter = null;
        Wake(loop);
    }

    /// <inheritdoc/>
    protected override Action BeginForeign(Type awaiter)
    {
        var loop = EventLoop.Current!;
        var extras = Extras;
        extras.Awaiter = awaiter;
        extras.ForeignWaits = 1;
        Wait(ForeignWait.Instance, loop.NodeOf(this));
        extras.IsBeginningForeign = true;
        return extras.Wake ??= NewWake(loop);
    }

    // Apart from its caller, which would make what the function holds each time.
    private Action NewWake(EventLoop loop) => () => OnForeignCompleted(loop);

    /// <inheritdoc/>
    protected override void OnForeignBegun()
    {
        _extras!.IsBeginningForeign = false;
        CountForeign(EventLoop.Current!);
    }

    /// <inheritdoc/>
    protected override void OnWoken(EventLoop loop)
    {
        if (_extras is not null)
        {
            CountForeign(loop);
            _extras.Times?.BecomeReady();
        }
    }

    /// <inheritdoc/>
    protected override void OnCancelChanged()
    {
        base.OnCancelChanged();
        if (IsCancelled && _extras?.Facade is { } facade)
            EventLoop.Current!.CancelLater(facade);
    }

    private void CountForeign(EventLoop loop)
    {
        var isExternal = WaitingOn is IExternalWait && _extras!.InnerWaits == 0;
        if (_extras!.IsExternal == isExternal)
            return;
        _extras.IsExternal = isExternal;
        loop.CountExternal(isExternal ? 1 : -1);
    }

    private void RunObserved(EventLoop loop, LoopObserver observer)
    {
        loop.LeaveTasks();
        observer.BeforeStep(this);
        var isEnded = Step(loop.Here);
        loop.LeaveTasks();
        observer.AfterStep(this, isEnded);
        if (isEnded)
            Finish(loop);
    }

    private void Finish(EventLoop loop)
    {
        End();
        loop.OnTaskEnded(this);
        if (_extras is not null)
        {
            foreach (var held in _extras.Locks ?? [])
                held.Break(loop);
            _extras.Joiners?.WakeAll(loop);
        }
        Owner.OnEnded(loop, this);
    }
}
