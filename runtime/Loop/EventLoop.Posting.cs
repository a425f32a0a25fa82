using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

// How work comes to the loop from outside.
public sealed partial class EventLoop
{
    private TaskScheduler? _taskScheduler;
    private LeftoverIterators? _iterators;
    private int _keptAlive;

    /// <summary>Runs tasks on the loop, in its turns.</summary>
    public TaskScheduler TaskScheduler => _taskScheduler ??= new LoopTaskScheduler(this);

    /// <summary>Calls back in a turn of the loop: in the order of the calls, from any thread.</summary>
    /// <remarks>
    /// A callback that throws cancels the main coroutine, and its exception comes out of the run. What was posted is
    /// called: if by no run, then by <see cref="Dispose"/>.
    /// </remarks>
    /// <param name="callback">What to call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public void Post(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var item = new CallbackItem(Continuations.InCurrentContext(callback));
        ObjectDisposedException.ThrowIf(_isDisposed || !_inbox.TryPost(item), this);
    }

    /// <summary>Calls back after a delay by the clock of the loop; from any thread.</summary>
    /// <param name="delay">How long to wait, never shorter.</param>
    /// <param name="callback">What to call.</param>
    /// <returns>Takes the call back when it is disposed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative and not infinite.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public IDisposable CallLater(TimeSpan delay, Action callback)
    {
        Durations.Check(delay, nameof(delay));
        ArgumentNullException.ThrowIfNull(callback);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new LoopTimer(this, _ => callback(), state: null, delay, Timeout.InfiniteTimeSpan, isWait: false);
    }

    /// <summary>Runs a coroutine on the loop for code on any thread.</summary>
    /// <typeparam name="T">The type of its value.</typeparam>
    /// <param name="factory">Makes the coroutine, on the loop's thread.</param>
    /// <param name="cancellationToken">Cancels the coroutine.</param>
    /// <returns>
    /// Ends as the coroutine does. The coroutine is cancelled when the main one of the run that it is in has ended.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The loop is disposed.</exception>
    public Task<T> InvokeAsync<T>(Func<Coroutine<T>> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Invite(new Guest<T>(factory, static root => ((Coroutine<T>)root).Result, cancellationToken));
    }

    /// <inheritdoc cref="InvokeAsync{T}(Func{Coroutine{T}}, CancellationToken)"/>
    public Task InvokeAsync(Func<Coroutine> factory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Invite(new Guest<Unit>(factory, static _ => default, cancellationToken));
    }

    /// <summary>Holds the clock and deadlock detection back, for something that a thread will post; from any.</summary>
    /// <returns>Lets go when it is disposed.</returns>
    public IDisposable KeepAlive()
    {
        Interlocked.Increment(ref _keptAlive);
        return new Hold(this);
    }

    /// <summary>Closes an iterator when the run ends, if nobody has closed it until then.</summary>
    /// <remarks>The innermost, which was given last, goes first; each has 5 seconds by the clock of the loop.</remarks>
    /// <param name="enumerator">The iterator.</param>
    /// <exception cref="ArgumentNullException"><paramref name="enumerator"/> is null.</exception>
    public void TrackAsyncEnumerator(IAsyncDisposable enumerator)
    {
        ArgumentNullException.ThrowIfNull(enumerator);
        (_iterators ??= new LeftoverIterators()).Add(enumerator);
    }

    /// <summary>
    /// Hands something to the loop that is not lost when the loop has gone: nobody waits for it then.
    /// </summary>
    internal void PostInternally(LoopItem item) => _inbox.TryPost(item);

    /// <summary>Runs an item in a turn, from wherever it comes.</summary>
    /// <returns>Whether it will be run; not when the loop has gone.</returns>
    internal bool TryRun(LoopItem item)
    {
        if (Current != this)
            return _inbox.TryPost(item);
        Enqueue(item);
        return true;
    }

    /// <summary>Ends the sleep of the loop; from any thread.</summary>
    internal void WakeUp() => _inbox.Wake();

    private Task<T> Invite<T>(Guest<T> guest)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || !_inbox.TryPost(guest), this);
        return guest.Task;
    }

    /// <summary>Keeps a loop from thinking that nothing will come.</summary>
    private sealed class Hold(EventLoop loop) : IDisposable
    {
        private int _isReleased;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isReleased, 1) != 0)
                return;
            Interlocked.Decrement(ref loop._keptAlive);
            loop._inbox.Wake();
        }
    }
}
