using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Runs an event loop on a thread of its own, for code that has none.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Disposing it cancels what runs there, waits for that, and ends the thread.</item>
/// <item>A callback that throws does the same; its exception comes out of <see cref="DisposeAsync"/>.</item>
/// <item>Threads: all members may be used from any thread, at the same time.</item>
/// </list>
/// </remarks>
public sealed class EventLoopThread : IAsyncDisposable
{
    private readonly EventLoop _loop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EventLoopThread(EventLoopOptions? options)
    {
        _loop = new EventLoop(options);
        new Thread(Run) { IsBackground = true, Name = "ScopedTasks event loop" }.UnsafeStart();
    }

    /// <summary>Starts a thread with a loop.</summary>
    /// <param name="options">The options of the loop.</param>
    /// <returns>The running thread.</returns>
    public static EventLoopThread Start(EventLoopOptions? options = null) => new(options);

    /// <summary>Runs a coroutine on the loop.</summary>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <param name="factory">Makes the coroutine, on the loop's thread.</param>
    /// <param name="cancellationToken">Cancels the coroutine.</param>
    /// <returns>Ends as the coroutine does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The thread has ended.</exception>
    public Task<T> InvokeAsync<T>(Func<Coroutine<T>> factory, CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(factory, cancellationToken);

    /// <inheritdoc cref="InvokeAsync{T}(Func{Coroutine{T}}, CancellationToken)"/>
    public Task InvokeAsync(Func<Coroutine> factory, CancellationToken cancellationToken = default) =>
        _loop.InvokeAsync(factory, cancellationToken);

    /// <summary>Cancels what runs, waits for its end, and ends the thread.</summary>
    /// <returns>Ends with the thread; a callback's failure comes out.</returns>
    /// <exception cref="InvalidOperationException">It is called on the thread itself, whose end it would wait for.
    /// </exception>
    public ValueTask DisposeAsync()
    {
        if (EventLoop.Current == _loop)
            throw new InvalidOperationException("The thread of an event loop cannot wait for its own end.");
        _loop.Stop();
        return new ValueTask(_ended.Task);
    }

    private void Run()
    {
        try
        {
            // Whatever ends the run: nobody is to wait for it in vain.
            using (_loop)
                _loop.RunForever();
            _ended.SetResult();
        }
        catch (Exception exception)
        {
            _ended.SetException(exception);
        }
    }
}
