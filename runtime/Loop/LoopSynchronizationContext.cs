using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Brings continuations of <c>async Task</c> methods back to their loop.</summary>
internal sealed class LoopSynchronizationContext(EventLoop loop) : SynchronizationContext
{
    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        // A loop that is gone runs nothing any more, but what was under way is not to be lost.
        if (!loop.TryRun(new CallbackItem(() => d(state))))
            ThreadPool.UnsafeQueueUserWorkItem(_ => d(state), null);
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (EventLoop.Current == loop)
        {
            d(state);
            return;
        }
        using var done = new ManualResetEventSlim();
        Exception? failure = null;
        loop.Post(() =>
        {
            try
            {
                d(state);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
            done.Set();
        });
        done.Wait();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
