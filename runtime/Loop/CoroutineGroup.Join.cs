using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

// How the end of a group waits for what is in it.
public sealed partial class CoroutineGroup
{
    /// <summary>Waits for the children, or for one service; a schedule point, and never cancelled.</summary>
    private readonly struct GroupJoin(CoroutineGroup group, ServiceTask? service = null)
        : ICriticalNotifyCompletion, ILoopAwaiter
    {
        public bool IsCompleted => false;

        public GroupJoin GetAwaiter() => this;

        public void GetResult() => Waiter.Current!.Take();

        public void OnCompleted(Action continuation) => throw new NotSupportedException();

        public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();

        void ILoopAwaiter.Suspend(Waiter waiter)
        {
            if (service is not null)
                service.Joiner.EnterUncancelled(waiter, group._node);
            else if (group._open > 0)
                group._joiner.EnterUncancelled(waiter, group._node);
            else
                waiter.Wake(group._loop);
        }
    }
}
