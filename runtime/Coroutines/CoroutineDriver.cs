using System;
using System.Runtime.ExceptionServices;

namespace ScopedTasks;

/// <summary>Drives a coroutine by hand, as Python's <c>send</c>, <c>throw</c> and <c>close</c> do.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Each <see cref="Send"/> runs the coroutine up to its next <see cref="Coroutine.Suspend"/>, however deep in the
/// chain of coroutines that await each other, and hands out the command that was given there. What is sent next is what
/// that <c>await</c> returns.</item>
/// <item>Drivers nest: a driven coroutine may drive another.</item>
/// <item>The waits of an event loop do not work here, and say so inside the coroutine. Where it awaits a task that has
/// not ended, <see cref="Send"/> throws; once the task has ended, sending null goes on.</item>
/// <item>Threads: one at a time.</item>
/// </list>
/// </remarks>
public sealed class CoroutineDriver : IDisposable
{
    private readonly Coroutine _coroutine;
    private readonly DriverRunner _runner;
    private bool _isRunning;

    /// <summary>Takes a coroutine, and runs nothing of it.</summary>
    /// <param name="coroutine">What to drive.</param>
    /// <exception cref="ArgumentNullException"><paramref name="coroutine"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It was used before.</exception>
    public CoroutineDriver(Coroutine coroutine)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        coroutine.Claim();
        _coroutine = coroutine;
        _runner = new DriverRunner(coroutine);
    }

    /// <summary>What the coroutine returned; null if it has no value.</summary>
    /// <exception cref="InvalidOperationException">It has not ended. What it threw is thrown again.</exception>
    public object? Result
    {
        get
        {
            _coroutine.ThrowIfFailed();
            return _coroutine.BoxedResult;
        }
    }

    /// <summary>Goes on to the next suspension, or to the end.</summary>
    /// <param name="value">What the suspended <c>await</c> returns; null at the first time.</param>
    /// <param name="command">What the coroutine suspended with; null when it has ended.</param>
    /// <returns>Whether it has suspended; false when it has ended. What it throws comes out.</returns>
    /// <exception cref="InvalidOperationException">
    /// It has ended before; it runs; it has not started and the value is not null; it awaits a task that has not ended.
    /// </exception>
    public bool Send(object? value, out object? command)
    {
        RequireIdle();
        if (value is not null && (_coroutine.Status == CoroutineStatus.Created || _runner.HasArrived))
        {
            throw new InvalidOperationException(
                $"Nothing in the coroutine '{_coroutine.Name}' waits for a value yet: send null first.");
        }
        return Resume(value, throws: false, out command);
    }

    /// <summary>Throws an exception where the coroutine is suspended, and goes on.</summary>
    /// <param name="exception">
    /// What the suspended <c>await</c> throws; a coroutine that has not started ends with it.
    /// </param>
    /// <param name="command">What the coroutine suspended with next; null when it has ended.</param>
    /// <returns>Whether it has suspended; false when it has ended. What it throws comes out.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// It has ended before; it runs; it awaits a task, where nothing can be thrown.
    /// </exception>
    public bool Throw(Exception exception, out object? command)
    {
        ArgumentNullException.ThrowIfNull(exception);
        RequireIdle();
        if (_coroutine.Status == CoroutineStatus.Created)
        {
            command = null;
            _coroutine.SetFailed(exception);
            ExceptionDispatchInfo.Throw(exception);
        }
        if (_runner.HasArrived)
            throw Stuck("has to go on with Send before something can be thrown into it; it awaited");
        return Resume(exception, throws: true, out command);
    }

    /// <summary>
    /// Closes the coroutine: throws an <see cref="OperationCanceledException"/> where it is suspended, so that its
    /// <c>finally</c> blocks run. One that has not started is canceled, and nothing runs; one that has ended is left
    /// alone. What else it throws comes out.
    /// </summary>
    /// <exception cref="InvalidOperationException">It suspends again; it runs; it awaits a task.</exception>
    public void Dispose()
    {
        if (_coroutine.IsEnded)
            return;
        RequireIdle();
        var closing = new OperationCanceledException($"The driver of the coroutine '{_coroutine.Name}' was disposed.");
        if (_coroutine.Status == CoroutineStatus.Created)
        {
            _coroutine.SetFailed(closing);
            return;
        }
        if (_runner.HasArrived)
            throw Stuck("cannot be closed, because it awaited");
        bool isSuspended;
        try
        {
            isSuspended = Resume(closing, throws: true, out _);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (isSuspended)
            throw new InvalidOperationException($"The coroutine '{_coroutine.Name}' ignored that it was closed.");
    }

    /// <summary>Tells a command.</summary>
    internal static string Describe(object? command) =>
        command is null ? "Coroutine.Suspend(null)" : $"Coroutine.Suspend({command})";

    private bool Resume(object? payload, bool throws, out object? command)
    {
        _isRunning = true;
        var isEnded = _runner.Resume(payload, throws);
        _isRunning = false;
        command = null;
        if (isEnded)
        {
            _coroutine.ThrowIfFailed();
            return false;
        }
        if (_runner.IsStuck)
            throw Stuck("awaits");
        command = _runner.Take();
        return true;
    }

    private void RequireIdle()
    {
        if (_coroutine.IsEnded)
            throw new InvalidOperationException($"The coroutine '{_coroutine.Name}' has already finished.");
        if (_isRunning)
            throw new InvalidOperationException($"The coroutine '{_coroutine.Name}' is already running.");
        if (_runner.IsStuck)
            throw Stuck("awaits");
    }

    private InvalidOperationException Stuck(string what) => new(
        $"The coroutine '{_coroutine.Name}' {what} '{_runner.Awaiter}', which a driver knows nothing of. Run it on an "
        + "EventLoop, or send null once that has ended.");
}
