using System;
using System.Runtime.ExceptionServices;

namespace ScopedTasks;

/// <summary>Is a value that will be there later, for any number of coroutines on one event loop.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Set once, with a value or a failure; awaited any number of times, before and after.</item>
/// <item>Awaiting it is a cancellation point; a waiter that is cancelled leaves no trace.</item>
/// <item>Threads: the loop's only. Another thread posts: <c>loop.Post(() => future.SetResult(x))</c>.</item>
/// </list>
/// </remarks>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class Future<T>
{
    private readonly WaitQueue _waiters = new(static () => $"Future<{typeof(T).Name}>");
    private T? _result;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Whether it is set.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>What it was set to.</summary>
    /// <exception cref="InvalidOperationException">It is not set. A failure that it was set to is thrown.</exception>
    public T Result
    {
        get
        {
            if (!IsCompleted)
                throw new InvalidOperationException("The future is not set yet; await it.");
            _failure?.Throw();
            return _result!;
        }
    }

    /// <summary>The failure that it was set to; null if none.</summary>
    public Exception? Exception => _failure?.SourceException;

    internal WaitQueue Waiters => _waiters;

    /// <summary>Sets it.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="InvalidOperationException">
    /// It is set already, or this is not the thread of the loop.
    /// </exception>
    public void SetResult(T value)
    {
        if (!TrySetResult(value))
            throw IsSet();
    }

    /// <summary>Sets it to a failure.</summary>
    /// <param name="exception">The failure.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// It is set already, or this is not the thread of the loop.
    /// </exception>
    public void SetException(Exception exception)
    {
        if (!TrySetException(exception))
            throw IsSet();
    }

    /// <summary>Sets it, if it is not set yet.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether it was not.</returns>
    /// <exception cref="InvalidOperationException">This is not the thread of the loop.</exception>
    public bool TrySetResult(T value)
    {
        if (IsCompleted)
            return false;
        var loop = LoopOfWaiters();
        _result = value;
        Complete(loop);
        return true;
    }

    /// <summary>Sets it to a failure, if it is not set yet.</summary>
    /// <param name="exception">The failure.</param>
    /// <returns>Whether it was not.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    /// <exception cref="InvalidOperationException">This is not the thread of the loop.</exception>
    public bool TrySetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (IsCompleted)
            return false;
        var loop = LoopOfWaiters();
        _failure = ExceptionDispatchInfo.Capture(exception);
        Complete(loop);
        return true;
    }

    /// <summary>Makes it awaitable, any number of times.</summary>
    /// <returns>An awaiter.</returns>
    public FutureAwaiter<T> GetAwaiter() => new(this);

    /// <summary>Tells its state.</summary>
    /// <returns>Whether it is set, and how many wait.</returns>
    public override string ToString()
    {
        var state = !IsCompleted ? $"{_waiters.Count} waiting" : _failure is null ? "set" : "failed";
        return $"Future<{typeof(T).Name}>: {state}";
    }

    private static InvalidOperationException IsSet() => new("The future is set already; it is set once.");

    private EventLoop? LoopOfWaiters() =>
        _waiters.Count == 0 ? null : WaitQueue.RequireLoop("A future that somebody awaits");

    private void Complete(EventLoop? loop)
    {
        IsCompleted = true;
        if (loop is not null)
            _waiters.WakeAll(loop);
    }
}
