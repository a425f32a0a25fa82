using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits a <see cref="SleepAwaitable"/>.</summary>
public readonly struct SleepAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    // The ticks of a delay; -1 for ever; -2 and below, the ticks of a time in UTC: one word, as a million may sleep.
    private readonly long _ticks;

    internal SleepAwaiter(long ticks) => _ticks = ticks;

    /// <summary>Never: it always suspends.</summary>
    /// <exception cref="InvalidOperationException">No event loop runs here.</exception>
    public bool IsCompleted => EventLoop.Require("Coroutine.Sleep");

    /// <summary>Ends the await.</summary>
    /// <exception cref="OperationCanceledException">The innermost scope is cancelled.</exception>
    public void GetResult() => Waiter.Current!.Take();

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(Continuations.InCurrentContext(continuation));

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void UnsafeOnCompleted(Action continuation) =>
        ActionWaiter.Suspend(this, continuation, "Coroutine.Sleep");

    void ILoopAwaiter.Suspend(Waiter waiter) => EventLoop.Current!.Sleep(waiter, _ticks);
}
