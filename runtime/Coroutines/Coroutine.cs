using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace ScopedTasks;

/// <summary>Is what an <c>async</c> method of the loop world returns: its frame, which nothing has run yet.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Cold: calling the method runs nothing. Awaiting it, spawning it in a <c>CoroutineGroup</c>, running it on an
/// event loop or sending into its <see cref="CoroutineDriver"/> does.</item>
/// <item>Single use: it is awaited, spawned, run or driven once; the second time is an
/// <see cref="InvalidOperationException"/>.</item>
/// <item>Awaiting a coroutine is a call: no scheduler comes in between, however deep the chain; only what suspends at
/// its end does.</item>
/// <item>What it throws comes out of the <c>await</c> as the same object, with its stack trace.</item>
/// <item>A cancellation of a wait of the loop ends methods that could do nothing about it (no <c>try</c>,
/// <c>using</c>, <c>lock</c>) without throwing through each: its stack trace begins where it is noticed.</item>
/// <item>Changes that it makes to <see cref="AsyncLocal{T}"/> values stay inside, as in an async method.</item>
/// <item>Threads: one at a time; on an event loop always the loop's.</item>
/// </list>
/// After Python's coroutines.
/// </remarks>
[AsyncMethodBuilder(typeof(CoroutineMethodBuilder))]
[DebuggerDisplay("{ToString(),nq}")]
public abstract partial class Coroutine
{
    // While it lives: the frame that awaits it, or at the root its adoption. Once it failed: the exception.
    private object? _link;
    private CoroutineStatus _status;
    private bool _isClaimed;
    private bool _isAwaited;

    private protected Coroutine()
    {
    }

    /// <summary>How far it has come.</summary>
    public CoroutineStatus Status => _status;

    /// <summary>Where its code goes on; null before it has suspended.</summary>
    internal ExecutionContext? Context { get; set; }

    /// <summary>Whether it has returned or thrown.</summary>
    internal bool IsEnded => _status >= CoroutineStatus.RanToCompletion;

    /// <summary>What it threw; null if it did not.</summary>
    internal Exception? Failure => _status > CoroutineStatus.RanToCompletion ? (Exception?)_link : null;

    /// <summary>The frame that awaits it, while it lives.</summary>
    internal Coroutine? Caller => _link as Coroutine;

    /// <summary>Who goes on after it in code that is not a coroutine's, while it lives.</summary>
    internal Adoption? Adoption => _link as Adoption;

    /// <summary>The name of its method.</summary>
    internal virtual string Name => "coroutine";

    /// <summary>Its value, if it has one.</summary>
    internal virtual object? BoxedResult => null;

    /// <summary>Makes it awaitable, once.</summary>
    /// <returns>Its awaiter.</returns>
    /// <exception cref="InvalidOperationException">It was awaited, spawned, run or driven before.</exception>
    public CoroutineAwaiter GetAwaiter()
    {
        Claim();
        return new CoroutineAwaiter(this);
    }

    /// <summary>Tells its state.</summary>
    /// <returns>The name of its method and its status.</returns>
    public override string ToString() => $"Coroutine '{Name}': {_status}";

    /// <summary>Whether what is thrown at an await leaves it without running any of its code.</summary>
    internal abstract bool IsTransparent { get; }

    /// <summary>Lets go of what its method holds: it has ended.</summary>
    private protected abstract void Forget();

    /// <summary>Ends it with what would leave it, without running its code.</summary>
    internal void Drop(Exception failure)
    {
        SetFailed(failure);
        Forget();
    }

    /// <summary>Runs its code until it suspends or ends.</summary>
    internal abstract void MoveNext();

    /// <summary>Takes it for the one use it is good for.</summary>
    internal void Claim()
    {
        if (_isClaimed)
            ThrowClaimed();
        _isClaimed = true;
    }

    /// <summary>Says that its code runs.</summary>
    /// <returns>The frame that awaits it.</returns>
    internal Coroutine? Resume()
    {
        _status = CoroutineStatus.Running;
        return _isAwaited ? Unsafe.As<Coroutine>(_link) : null;
    }

    /// <summary>Says that its code has come to an <c>await</c>.</summary>
    internal void Pause(OnThisThread here)
    {
        _status = CoroutineStatus.Suspended;
        var context = here.Capture();
        if (context != Context && context is not null)
            Context = context;
    }

    /// <summary>Names the frame that goes on after it.</summary>
    internal void ReturnTo(Coroutine caller)
    {
        _link = caller;
        _isAwaited = true;
    }

    /// <summary>Names the code that goes on after it, which is not a coroutine's.</summary>
    internal void ReturnTo(Adoption adoption) => _link = adoption;

    /// <summary>Ends it.</summary>
    internal void SetReturned()
    {
        _link = null;
        _status = CoroutineStatus.RanToCompletion;
    }

    /// <summary>Ends it.</summary>
    internal void SetFailed(Exception exception)
    {
        _link = exception;
        _status = exception is OperationCanceledException ? CoroutineStatus.Canceled : CoroutineStatus.Faulted;
    }

    /// <summary>Throws what it threw.</summary>
    internal void ThrowIfFailed()
    {
        if (_status == CoroutineStatus.RanToCompletion)
            return;
        if (!IsEnded)
            throw new InvalidOperationException($"The coroutine '{Name}' has not ended; await it.");
        ExceptionDispatchInfo.Throw((Exception)_link!);
    }

    private void ThrowClaimed() => throw new InvalidOperationException(
        $"The coroutine '{Name}' was awaited, spawned, run or driven before; a coroutine is used once. "
        + "Call the method again for another one, or await the handle that CoroutineGroup.Run returned.");
}
