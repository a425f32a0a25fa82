using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Runs code that blocks on other threads, for coroutines of an event loop.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>A call that has a place runs at once, on a thread that does nothing else meanwhile.</item>
/// <item>How many run at once a <see cref="CapacityLimiter"/> bounds; a caller that was cancelled keeps its place until
/// its thread has ended.</item>
/// <item>Cancellation cancels the token that the work gets, and is waited for; with <c>abandonOnCancel</c> the caller
/// goes on at once, and what the work comes to is lost.</item>
/// </list>
/// After Trio's <c>to_thread.run_sync</c>.
/// </remarks>
public static class Blocking
{
    /// <summary>Bounds all calls that name no limiter; 40 at once, until its total is set.</summary>
    public static CapacityLimiter DefaultLimiter { get; } = new(40);

    /// <summary>Runs a function on another thread.</summary>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <param name="work">Gets a token that is cancelled with the scope of the caller.</param>
    /// <param name="limiter">Bounds how many run at once; <see cref="DefaultLimiter"/> when null.</param>
    /// <param name="abandonOnCancel">Whether cancellation lets the caller go on while the thread still runs.</param>
    /// <returns>Its value.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    public static Coroutine<T> RunAsync<T>(
        Func<CancellationToken, T> work,
        CapacityLimiter? limiter = null,
        bool abandonOnCancel = false)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunElsewhereAsync(work, limiter ?? DefaultLimiter, abandonOnCancel);
    }

    /// <summary>Runs an action on another thread.</summary>
    /// <param name="work">Gets a token that is cancelled with the scope of the caller.</param>
    /// <param name="limiter">Bounds how many run at once; <see cref="DefaultLimiter"/> when null.</param>
    /// <param name="abandonOnCancel">Whether cancellation lets the caller go on while the thread still runs.</param>
    /// <returns>Ends with the action.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    public static Coroutine RunAsync(
        Action<CancellationToken> work,
        CapacityLimiter? limiter = null,
        bool abandonOnCancel = false)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunElsewhereAsync(
            token =>
            {
                work(token);
                return default(Unit);
            },
            limiter ?? DefaultLimiter,
            abandonOnCancel);
    }

    /// <summary>Is not to be called: asynchronous code does not block, and is awaited itself.</summary>
    /// <param name="work">Asynchronous.</param>
    /// <param name="limiter">Unused.</param>
    /// <param name="abandonOnCancel">Unused.</param>
    /// <returns>Nothing.</returns>
    [Obsolete("Asynchronous work does not block a thread: await it.", error: true)]
    public static Coroutine RunAsync(
        Func<CancellationToken, Task> work,
        CapacityLimiter? limiter = null,
        bool abandonOnCancel = false) =>
        throw new NotSupportedException();

    private static async Coroutine<T> RunElsewhereAsync<T>(
        Func<CancellationToken, T> work,
        CapacityLimiter limiter,
        bool abandonOnCancel)
    {
        await Coroutine.Checkpoint();
        var token = CancelScope.Current!.Token;
        if (!limiter.TryAcquire(out var lease))
            lease = await AcquireAsync(limiter);
        var call = WorkerThreads.Shared.Run(() =>
        {
            using (lease)
                return work(token);
        });
        return abandonOnCancel ? await CoroutineTaskExtensions.AbandonOnCancel(call) : await call;
    }

    private static async Coroutine<CapacityLimiter.Lease> AcquireAsync(CapacityLimiter limiter)
    {
        // Calls of other loops may hold the places, and this loop would not see that they end.
        using (EventLoop.Current!.KeepAlive())
            return await limiter.AcquireAsync();
    }
}
