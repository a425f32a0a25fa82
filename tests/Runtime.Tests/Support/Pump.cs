using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>A thread with a synchronization context, as that of a window.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];
    private readonly Thread _thread;

    private Pump()
    {
        _thread = new Thread(Loop) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Whether the running code is on the pump's thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Whether posting throws, as on a closed window.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Runs a test on a pump of its own.</summary>
    public static async Task RunAsync(Func<Pump, Task> test)
    {
        var pump = new Pump();
        var done = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Post(_ => done.SetResult(test(pump)), null);
        await done.Task.Unwrap().Soon();
        pump._work.CompleteAdding();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsClosed)
            throw new ObjectDisposedException("the pump");
        _work.Add((d, state));
    }

    private void Loop()
    {
        SetSynchronizationContext(this);
        foreach (var (callback, state) in _work.GetConsumingEnumerable())
            callback(state);
    }
}
