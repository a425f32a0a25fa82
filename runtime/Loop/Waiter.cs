using System;
using System.Runtime.ExceptionServices;

namespace ScopedTasks;

/// <summary>Is somebody who may wait: the runner of a coroutine, or a continuation of code that is none.</summary>
internal abstract class Waiter : CancelNode
{
    private const int SwallowedToReport = 1000;

    private object? _payload;
    private Neighbours<Waiter> _neighbours;
    private Delivery _delivery;
    private ushort _swallowed;

    /// <summary>How a wait ends in the code that waited.</summary>
    [Flags]
    private enum Delivery : byte
    {
        None = 0,

        /// <summary>Throws the payload.</summary>
        Failure = 1,

        /// <summary>Throws because of cancellation.</summary>
        Cancellation = 2,

        /// <summary>Throws if cancelled by then.</summary>
        Turn = 4,

        /// <summary>Throws because of cancellation, if there is code that would notice.</summary>
        Passing = 8,
    }

    /// <summary>Whose code runs on this thread.</summary>
    public static Waiter? Current
    {
        get => OnThisThread.Here.Code;
        set => OnThisThread.Here.Code = value;
    }

    /// <summary>What it waits for; null when it is about to go on.</summary>
    public IWait? WaitingOn { get; private set; }

    /// <summary>The innermost scope of its wait.</summary>
    public CancelNode? WaitNode { get; set; }

    /// <summary>The task whose code it is; null if nobody knows.</summary>
    public abstract LoopTask? Origin { get; }

    /// <summary>" 'name'" of the code that runs, for messages.</summary>
    public static string NameOfCurrent() => Current is CoroutineRunner runner ? $" '{runner.Leaf.Name}'" : "";

    /// <summary>The innermost scope of the code that runs.</summary>
    public abstract CancelNode FindNode(EventLoop loop);

    /// <summary>Keeps something for <see cref="Take"/>.</summary>
    public void Put(object? payload) => _payload = payload;

    /// <summary>What it goes on with: returned, or thrown.</summary>
    public void Give(object? payload, bool throws)
    {
        _payload = payload;
        _delivery = throws ? Delivery.Failure : Delivery.None;
    }

    /// <summary>Ends a wait in the code that waited.</summary>
    /// <returns>What it was given.</returns>
    public object? Take()
    {
        if (_delivery != Delivery.None)
            Deliver();
        var payload = _payload;
        _payload = null;
        return payload;
    }

    /// <summary>Says that it waits.</summary>
    public void Wait(IWait wait, CancelNode node)
    {
        WaitingOn = wait;
        WaitNode = node;
    }

    /// <summary>Says that it goes on in the next turn, unless it is cancelled by then.</summary>
    public void WaitTurn(CancelNode node)
    {
        if (WaitNode != node)
            WaitNode = node;
        _delivery = Delivery.Turn;
    }

    /// <summary>Says that it waits no more.</summary>
    public void EndWait() => WaitingOn = null;

    /// <summary>Goes on in the next turn.</summary>
    public void Wake(EventLoop loop, object? payload = null)
    {
        _payload = payload;
        WaitingOn = null;
        OnWoken(loop);
        loop.Enqueue(this);
    }

    /// <summary>Goes on in the next turn, with a failure.</summary>
    public void WakeWith(EventLoop loop, Exception failure)
    {
        Wake(loop, failure);
        _delivery = Delivery.Failure;
    }

    /// <summary>Goes on in the next turn, cancelled.</summary>
    public void Interrupt(EventLoop loop)
    {
        Wake(loop);
        _delivery = Delivery.Cancellation;
    }

    /// <summary>Goes on in the next turn, cancelled; code that can do nothing about that does not run.</summary>
    public void Pass(EventLoop loop)
    {
        Wake(loop);
        _delivery = Delivery.Passing;
    }

    /// <summary>Interrupts it, if what it waits for lets it go.</summary>
    public void Abort()
    {
        if (WaitingOn is not { } wait || !wait.TryAbort(this))
            return;
        if (wait.IsOverWhenAborted)
            Pass(EventLoop.Current!);
        else
            Interrupt(EventLoop.Current!);
    }

    /// <summary>Forgets the cancellations that it has swallowed: one has ended where it should.</summary>
    public void ForgetSwallowed() => _swallowed = 0;

    /// <inheritdoc/>
    public override void OnDue(EventLoop loop) => Wake(loop);

    /// <summary>Whether its next step begins with a cancellation that goes to whoever notices.</summary>
    protected bool IsPassing => _delivery == Delivery.Passing;

    /// <summary>The cancellation that it passes on: it has been delivered.</summary>
    protected OperationCanceledException TakeCancellation()
    {
        _delivery = Delivery.None;
        CountCancellation();
        return WaitNode!.NewCancellation();
    }

    /// <summary>Called when it stops waiting.</summary>
    protected virtual void OnWoken(EventLoop loop)
    {
    }

    /// <inheritdoc/>
    protected override void OnCancelChanged()
    {
        if (IsCancelled && WaitNode == this)
            Abort();
    }

    private void Deliver()
    {
        var delivery = _delivery;
        _delivery = Delivery.None;
        switch (delivery)
        {
            case Delivery.Failure:
                var failure = (Exception)_payload!;
                _payload = null;
                ExceptionDispatchInfo.Throw(failure);
                break;
            case Delivery.Turn when !WaitNode!.IsCancelled:
                break;
            default:
                CountCancellation();
                throw WaitNode!.NewCancellation();
        }
    }

    private void CountCancellation()
    {
        if (_swallowed >= SwallowedToReport || ++_swallowed < SwallowedToReport)
            return;
        var name = (Origin?.Name ?? "?");
        UnobservedFailures.Report(
            handler: null,
            group: null,
            new InvalidOperationException(
                $"The coroutine '{name}' has swallowed {SwallowedToReport} cancellations and goes on. Let an "
                + "OperationCanceledException out, or catch it where its scope ends."));
    }

    /// <summary>Finds its neighbours in the queue that it waits in.</summary>
    public readonly struct Neighbourhood : INeighbours<Waiter>
    {
        /// <inheritdoc/>
        public ref Neighbours<Waiter> Of(Waiter item) => ref item._neighbours;
    }
}
