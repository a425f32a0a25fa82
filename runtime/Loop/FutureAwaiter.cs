using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits a <see cref="Future{T}"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct FutureAwaiter<T> : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly Future<T> _future;

    internal FutureAwaiter(Future<T> future) => _future = future;

    /// <summary>Whether it is set, and nothing is cancelled.</summary>
    /// <exception cref="InvalidOperationException">It is not set, and no event loop runs here.</exception>
    public bool IsCompleted => WaitQueue.IsOver(_future.IsCompleted, "Awaiting a Future");

    /// <summary>Ends the await.</summary>
    /// <returns>The value; a failure is thrown.</returns>
    public T GetResult()
    {
        Waiter.Current?.Take();
        return _future.Result;
    }

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(Continuations.InCurrentContext(continuation));

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void UnsafeOnCompleted(Action continuation) => ActionWaiter.Suspend(this, continuation, "Awaiting a Future");

    void ILoopAwaiter.Suspend(Waiter waiter) => _future.Waiters.Join(waiter, _future.IsCompleted);
}
