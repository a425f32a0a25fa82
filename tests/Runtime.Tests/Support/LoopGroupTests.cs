using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>What tests of groups on a loop share: a log, and children that end, fail, or sleep.</summary>
public abstract class LoopGroupTests
{
    /// <summary>What happened.</summary>
    protected List<string> Log { get; } = [];

    /// <summary>Runs a group whose body ends at once.</summary>
    protected static void RunGroup(Action<CoroutineGroup> body) => OnLoop.Run(() =>
        CoroutineGroup.RunAsync(async group =>
        {
            body(group);
            await Task.CompletedTask;
        }));

    /// <summary>Throws in its first turn.</summary>
    protected static async Coroutine Fail(Exception exception)
    {
        await Task.CompletedTask;
        throw exception;
    }

    /// <summary>Writes a text and the time, after some seconds.</summary>
    protected async Coroutine Note(string text, int seconds)
    {
        if (seconds > 0)
            await Coroutine.Sleep(OnLoop.Seconds(seconds));
        Log.Add($"{text} at {OnLoop.Now.TotalSeconds}");
    }

    /// <summary>Sleeps until it is cancelled, and says so.</summary>
    protected async Coroutine Forever(string name)
    {
        try
        {
            await Coroutine.SleepForever();
        }
        catch (OperationCanceledException)
        {
            Log.Add($"{name} cancelled");
            throw;
        }
    }

    /// <summary>Writes down that it was disposed.</summary>
    protected sealed class Resource(string name, List<string> log) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            log.Add(name);
            return default;
        }
    }
}
