using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

// Waits inside the group that cancellation does not end, because something else surely does.
public sealed partial class CoroutineGroup
{
    /// <summary>Waits for a place.</summary>
    private readonly struct PlaceWait(CoroutineGroup group) : ICriticalNotifyCompletion, ILoopAwaiter
    {
        public bool IsCompleted => false;

        public PlaceWait GetAwaiter() => this;

        public void GetResult() => Waiter.Current!.Take();

        public void OnCompleted(Action continuation) => throw new NotSupportedException();

        public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();

        void ILoopAwaiter.Suspend(Waiter waiter)
        {
            waiter.Wait(new UncancelledWait($"a place in {group}"), group._node);
            (group._queue ??= new()).Enqueue((null, waiter));
        }
    }

    /// <summary>Waits until a child has said that it is ready, or has ended.</summary>
    private readonly struct StartWait(WaitQueue said) : ICriticalNotifyCompletion, ILoopAwaiter
    {
        public bool IsCompleted => false;

        public StartWait GetAwaiter() => this;

        public void GetResult() => Waiter.Current!.Take();

        public void OnCompleted(Action continuation) => throw new NotSupportedException();

        public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();

        void ILoopAwaiter.Suspend(Waiter waiter) =>
            said.EnterUncancelled(waiter, waiter.FindNode(EventLoop.Current!));
    }
}
