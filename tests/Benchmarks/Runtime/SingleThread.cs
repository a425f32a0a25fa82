using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>
/// Runs tasks on the calling thread: a loop by hand, which sleeps when it has nothing to do, and to which any thread
/// may post.
/// </summary>
internal sealed class SingleThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();

    /// <summary>Runs until the task has ended.</summary>
    public static Task Run(Func<Task> start)
    {
        var outer = Current;
        var pump = new SingleThread();
        SetSynchronizationContext(pump);
        try
        {
            var task = start();
            while (!task.IsCompleted)
            {
                var (callback, state) = pump.Take();
                callback(state);
            }

            return task;
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_work)
        {
            _work.Enqueue((d, state));
            Monitor.Pulse(_work);
        }
    }

    private (SendOrPostCallback Callback, object? State) Take()
    {
        lock (_work)
        {
            while (_work.Count == 0)
                Monitor.Wait(_work);
            return _work.Dequeue();
        }
    }
}
