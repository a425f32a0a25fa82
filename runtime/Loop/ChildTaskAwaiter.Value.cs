using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits a <see cref="ChildTask{T}"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct ChildTaskAwaiter<T> : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly ChildTask<T> _child;

    internal ChildTaskAwaiter(ChildTask<T> child) => _child = child;

    /// <summary>Whether it has ended, and nothing is cancelled.</summary>
    /// <exception cref="InvalidOperationException">It has not ended, and no event loop runs here.</exception>
    public bool IsCompleted => WaitQueue.IsOver(_child.IsCompleted, "Awaiting a ChildTask");

    /// <summary>Ends the await.</summary>
    /// <returns>The value; what the child threw is thrown.</returns>
    public T GetResult()
    {
        Waiter.Current?.Take();
        return _child.Result;
    }

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(Continuations.InCurrentContext(continuation));

    /// <summary>Suspends code that is not a coroutine's.</summary>
    /// <param name="continuation">What goes on.</param>
    public void UnsafeOnCompleted(Action continuation) =>
        ActionWaiter.Suspend(this, continuation, "Awaiting a ChildTask");

    void ILoopAwaiter.Suspend(Waiter waiter) => _child.Joiners.Join(waiter, _child.IsCompleted);
}
