using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits a <see cref="ChildTask"/>.</summary>
public readonly struct ChildTaskAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly ChildTask _child;

    internal ChildTaskAwaiter(ChildTask child) => _child = child;

    /// <summary>Whether it has ended, and nothing is cancelled.</summary>
    /// <exception cref="InvalidOperationException">It has not ended, and no event loop runs here.</exception>
    public bool IsCompleted => WaitQueue.IsOver(_child.IsCompleted, "Awaiting a ChildTask");

    /// <summary>Ends the await.</summary>
    /// <exception cref="OperationCanceledException">The child was canceled, or the scope around is.</exception>
    public void GetResult()
    {
        Waiter.Current?.Take();
        _child.ThrowIfFailed();
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
