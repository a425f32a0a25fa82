using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Is a <see cref="Coroutine"/> with a value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
[AsyncMethodBuilder(typeof(CoroutineMethodBuilder<>))]
[DebuggerDisplay("{ToString(),nq}")]
public abstract class Coroutine<T> : Coroutine
{
    private T? _result;

    private protected Coroutine()
    {
    }

    /// <summary>What it returned.</summary>
    /// <exception cref="InvalidOperationException">It has not ended. What it threw is thrown again.</exception>
    public T Result
    {
        get
        {
            ThrowIfFailed();
            return _result!;
        }
    }

    /// <inheritdoc/>
    internal override object? BoxedResult => _result;

    /// <summary>Makes it awaitable, once.</summary>
    /// <returns>Its awaiter.</returns>
    /// <exception cref="InvalidOperationException">It was awaited, spawned, run or driven before.</exception>
    public new CoroutineAwaiter<T> GetAwaiter()
    {
        Claim();
        return new CoroutineAwaiter<T>(this);
    }

    /// <summary>Hands the coroutine to code on any thread: it runs on the loop.</summary>
    /// <param name="loop">Where it runs.</param>
    /// <returns>Ends as the coroutine does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loop"/> is null.</exception>
    public new Task<T> AsTask(EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(loop);
        return loop.InvokeAsync(() => this);
    }

    /// <summary>Runs it to its end here and now, without any loop.</summary>
    /// <returns>Its value; what it throws comes out.</returns>
    /// <exception cref="InvalidOperationException">
    /// It really suspends: nobody is here to wait for that. It is closed then. Or it was used before.
    /// </exception>
    public T RunSynchronously()
    {
        using var driver = new CoroutineDriver(this);
        if (driver.Send(null, out var command))
        {
            throw new InvalidOperationException(
                $"The coroutine '{Name}' suspended with {CoroutineDriver.Describe(command)}, and nobody is here to "
                + "answer. Run it with a CoroutineDriver, or on an EventLoop.");
        }
        return Result;
    }

    /// <summary>Ends it with a value.</summary>
    internal void SetReturned(T result)
    {
        _result = result;
        SetReturned();
    }
}
