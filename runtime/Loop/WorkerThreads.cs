using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Runs every blocking call at once, on a thread that waits a while for another one before it ends.</summary>
/// <remarks>The thread pool would let calls wait that have a place: it adds threads slowly.</remarks>
internal sealed class WorkerThreads : TaskScheduler
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly List<Worker> _idle = [];

    private WorkerThreads()
    {
    }

    /// <summary>The threads of the process.</summary>
    public static WorkerThreads Shared { get; } = new();

    /// <summary>Runs a call.</summary>
    /// <returns>Ends as the call does.</returns>
    public Task<T> Run<T>(Func<T> call) => Task.Factory.StartNew(
        call,
        CancellationToken.None,
        TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler,
        this);

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        Worker worker;
        lock (_idle)
        {
            if (_idle.Count == 0)
            {
                var thread = new Thread(Work) { IsBackground = true, Name = "ScopedTasks blocking call" };
                thread.UnsafeStart(task);
                return;
            }
            worker = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            worker.Next = task;
        }
        worker.Arrival.Set();
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Work(object? first)
    {
        using var worker = new Worker { Next = (Task?)first };
        do
            TryExecuteTask(worker.Next!);
        while (WaitForNext(worker));
    }

    private bool WaitForNext(Worker worker)
    {
        lock (_idle)
        {
            worker.Next = null;
            _idle.Add(worker);
        }
        if (worker.Arrival.WaitOne(s_patience))
            return true;
        lock (_idle)
        {
            // A call may have come just now; its signal is on the way.
            if (_idle.Remove(worker))
                return false;
        }
        return worker.Arrival.WaitOne();
    }

    /// <summary>Is a thread that has nothing to do.</summary>
    private sealed class Worker : IDisposable
    {
        public AutoResetEvent Arrival { get; } = new(false);

        public Task? Next { get; set; }

        public void Dispose() => Arrival.Dispose();
    }
}
