using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Waits in a queue until it is woken, or cancelled.</summary>
internal readonly struct QueueWait(WaitQueue queue) : ICriticalNotifyCompletion, ILoopAwaiter
{
    public bool IsCompleted => false;

    public QueueWait GetAwaiter() => this;

    public void GetResult() => Waiter.Current!.Take();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(Continuations.InCurrentContext(continuation));

    public void UnsafeOnCompleted(Action continuation) => ActionWaiter.Suspend(this, continuation, "A wait");

    void ILoopAwaiter.Suspend(Waiter waiter) => queue.Enter(waiter, EventLoop.Current!);
}
