using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Lets coroutines wait for tasks in ways that <c>await</c> alone does not know.</summary>
public static class CoroutineTaskExtensions
{
    /// <summary>
    /// Waits for a task until the scope is cancelled: then nobody waits for it any more, and what it throws is lost.
    /// </summary>
    /// <param name="task">The task, which nothing stops.</param>
    /// <returns>Ends as the task does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    public static Coroutine AbandonOnCancel(this Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return WaitAsync(task);
    }

    /// <inheritdoc cref="AbandonOnCancel(Task)"/>
    /// <typeparam name="T">The type of its value.</typeparam>
    public static Coroutine<T> AbandonOnCancel<T>(this Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return WaitAsync(task);
    }

    private static async Coroutine<T> WaitAsync<T>(Task<T> task)
    {
        await WaitAsync((Task)task);
        return await task;
    }

    private static async Coroutine WaitAsync(Task task)
    {
        var loop = EventLoop.Get("AbandonOnCancel");
        var ended = new Future<Unit>();
        using (loop.KeepAlive())
        {
            task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() =>
            {
                _ = task.Exception;
                loop.TryRun(new CallbackItem(() => ended.TrySetResult(default)));
            });
            await ended;
        }
        await task;
    }
}
