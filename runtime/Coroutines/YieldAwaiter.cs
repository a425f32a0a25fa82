using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits a <see cref="YieldAwaitable"/>.</summary>
public readonly struct YieldAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    /// <summary>Never: it always suspends.</summary>
    /// <exception cref="InvalidOperationException">No event loop runs here.</exception>
    public bool IsCompleted => EventLoop.Require("Coroutine.Yield");

    /// <summary>Ends the await.</summary>
    /// <exception cref="OperationCanceledException">The innermost scope is cancelled.</exception>
    public void GetResult() => Waiter.Current!.Take();

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(Continuations.InCurrentContext(continuation));

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void UnsafeOnCompleted(Action continuation) =>
        ActionWaiter.Suspend(this, continuation, "Coroutine.Yield");

    void ILoopAwaiter.Suspend(Waiter waiter) => EventLoop.Current!.NextTurn(waiter);
}
