using System;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Decides how long a test may hang.</summary>
internal static class Wait
{
    private static readonly TimeSpan s_generous = TimeSpan.FromMinutes(2);

    /// <summary>Waits generously, so that a hang fails the test instead of the run.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(s_generous);

    /// <summary>Waits generously, so that a hang fails the test instead of the run.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(s_generous);

    /// <summary>Waits generously for the end, whatever it is.</summary>
    public static async Task<Task> Ended(this Task task)
    {
        await ((Task)task.ContinueWith(static _ => { }, TaskScheduler.Default)).WaitAsync(s_generous);
        return task;
    }

    /// <summary>Blocks generously, where a test's code is called synchronously.</summary>
    public static void Block(this Task task) => Assert.True(task.Wait(s_generous), "It did not happen.");

    /// <summary>A task that only the token ends.</summary>
    public static Task UntilCancelled(this CancellationToken token) => Task.Delay(Timeout.Infinite, token);

    /// <summary>Ends once the condition holds; what makes it true happens on another thread.</summary>
    public static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(s_generous);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
