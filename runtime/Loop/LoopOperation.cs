using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks.Sources;

namespace ScopedTasks;

/// <summary>Is something that code awaits by a value task, and that its event loop ends.</summary>
/// <remarks>
/// The scope of whoever awaits it cancels it, as it does all waits of the loop. It is used again once its result was
/// taken; the version tells an old value task from a new one.
/// </remarks>
internal abstract class LoopOperation : IWait
{
    private EventLoop _loop = null!;
    private Waiter? _waiter;
    private Exception? _failure;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private Neighbours<LoopOperation> _neighbours;
    private State _state;
    private short _version;

    /// <summary>How far it is.</summary>
    private enum State : byte
    {
        Free,

        /// <summary>The scope was cancelled when it was called: it begins if that has changed at the await.</summary>
        Unstarted,
        Pending,
        Completed,
        Failed,

        /// <summary>Its waiter was cancelled.</summary>
        Aborted,
    }

    /// <summary>Which use it is in.</summary>
    public short Version => _version;

    /// <summary>Whether somebody has still to take its result.</summary>
    public bool IsInUse => _state != State.Free;

    /// <summary>Whether it waits for something.</summary>
    public bool IsPending => _state == State.Pending;

    /// <summary>The queue that it stands in.</summary>
    public OperationQueue? Queue { get; set; }

    /// <summary>The loop that ends it.</summary>
    protected EventLoop Loop => _loop;

    /// <summary>Says that it waits from now on; in a cancelled scope, if it is awaited elsewhere.</summary>
    /// <param name="loop">Ends it.</param>
    /// <param name="isCancelled">Whether the scope is cancelled.</param>
    /// <param name="cancellationToken">Cancels it, too.</param>
    public void Begin(EventLoop loop, bool isCancelled, CancellationToken cancellationToken)
    {
        (_loop, _token) = (loop, cancellationToken);
        _state = isCancelled ? State.Unstarted : State.Pending;
        if (!isCancelled)
            Begin(isLate: false);
    }

    /// <summary>Ends it.</summary>
    public void Complete() => End(State.Completed);

    /// <summary>Ends it with a failure.</summary>
    public void Fail(Exception failure)
    {
        _failure = failure;
        End(State.Failed);
    }

    /// <summary>Tells a value task how far it is.</summary>
    public ValueTaskSourceStatus GetStatus(short token)
    {
        Check(token);
        return _state switch
        {
            State.Completed => ValueTaskSourceStatus.Succeeded,
            State.Failed when _failure is not OperationCanceledException => ValueTaskSourceStatus.Faulted,
            State.Failed or State.Aborted => ValueTaskSourceStatus.Canceled,
            _ => ValueTaskSourceStatus.Pending,
        };
    }

    /// <summary>Suspends whoever awaits it.</summary>
    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        if (_waiter is not null)
            throw new InvalidOperationException("A value task is awaited once.");
        if (EventLoop.Current != _loop)
            throw new InvalidOperationException($"{Describe()} is awaited on the thread of its event loop only.");
        _waiter = Suspend(continuation, state, flags);
        if (_state > State.Pending)
        {
            _waiter.Wake(_loop);
        }
        else if (_waiter.WaitNode!.IsCancelled)
        {
            var waiter = _waiter;
            TryAbort(waiter);
            waiter.Interrupt(_loop);
        }
        else if (_state == State.Unstarted)
        {
            _state = State.Pending;
            Begin(isLate: true);
        }
    }

    /// <inheritdoc/>
    public bool IsOverWhenAborted => false;

    /// <inheritdoc/>
    public bool TryAbort(Waiter waiter)
    {
        if (_state == State.Pending)
            Withdraw();
        _state = State.Aborted;
        _registration.Unregister();
        return true;
    }

    /// <inheritdoc/>
    public string Describe(Waiter waiter) => Describe();

    /// <summary>What it is, for messages.</summary>
    protected abstract string Describe();

    /// <summary>Waits, or ends at once.</summary>
    /// <param name="isLate">Whether time has passed since the caller looked.</param>
    protected abstract void Start(bool isLate);

    /// <summary>Waits no more.</summary>
    protected virtual void Withdraw() => Queue?.Remove(this);

    /// <summary>Forgets all, to be used again.</summary>
    protected abstract void Recycle();

    /// <summary>Takes the result, once; throws what ended it otherwise.</summary>
    protected void EndUse(short token)
    {
        Check(token);
        if (_state < State.Completed)
            throw new InvalidOperationException($"{Describe()} has not ended; await it.");
        var (state, waiter, failure) = (_state, _waiter, _failure);
        _version++;
        (_state, _waiter, _failure) = (State.Free, null, null);
        Recycle();
        if (state == State.Completed)
            return;
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        if (Waiter.Current == waiter)
            waiter!.Take();
        throw waiter!.WaitNode!.NewCancellation();
    }

    private void Begin(bool isLate)
    {
        if (_token.CanBeCanceled)
            Watch();
        Start(isLate);
    }

    private void Watch()
    {
        var (version, token) = (_version, _token);
        _registration = token.UnsafeRegister(
            _ => _loop.TryRun(new CallbackItem(() => Cancel(version, token))),
            state: null);
    }

    private void Cancel(short version, CancellationToken token)
    {
        if (version != _version || _state != State.Pending)
            return;
        Withdraw();
        Fail(new OperationCanceledException(token));
    }

    private Waiter Suspend(Action<object?> continuation, object? state, ValueTaskSourceOnCompletedFlags flags)
    {
        // A coroutine that awaits the value task itself waits as for anything of the loop.
        if (Waiter.Current is LoopTask { IsBeginningForeign: true } task && ReferenceEquals(state, task.Extras.Wake))
        {
            task.TurnIntoWait(this);
            return task;
        }
        return SuspendOther(continuation, state, flags);
    }

    private ActionWaiter SuspendOther(
        Action<object?> continuation,
        object? state,
        ValueTaskSourceOnCompletedFlags flags)
    {
        Action goesOn = () => continuation(state);
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0)
            goesOn = Continuations.InCurrentContext(goesOn);
        var waiter = ActionWaiter.Begin(_loop, goesOn, isExternal: this is IExternalWait);
        waiter.Wait(this, waiter);
        return waiter;
    }

    private void End(State state)
    {
        _state = state;
        if (_token.CanBeCanceled)
            _registration.Unregister();
        _waiter?.Wake(_loop);
    }

    private void Check(short token)
    {
        if (token != _version)
            throw new InvalidOperationException("The value task was awaited before; it is awaited once.");
    }

    /// <summary>Finds its neighbours in <see cref="Queue"/>.</summary>
    public readonly struct Neighbourhood : INeighbours<LoopOperation>
    {
        /// <inheritdoc/>
        public ref Neighbours<LoopOperation> Of(LoopOperation item) => ref item._neighbours;
    }
}
