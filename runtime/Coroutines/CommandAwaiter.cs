using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits the answer to a command: a type of one's own becomes awaitable by returning it.</summary>
public readonly struct CommandAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly object? _command;

    internal CommandAwaiter(object? command) => _command = command;

    /// <summary>Never: it always suspends.</summary>
    /// <exception cref="InvalidOperationException">Nobody is here who understands the command.</exception>
    public bool IsCompleted
    {
        get
        {
            if (Waiter.Current is DriverRunner)
                return false;
            if (_command is not null && EventLoop.Current is not null && Waiter.Current is not DetachedRunner)
            {
                throw new InvalidOperationException(
                    $"The coroutine{Waiter.NameOfCurrent()} yielded '{_command.GetType()}' which this event loop does "
                    + "not understand.");
            }
            EventLoop.Require($"Coroutine.Suspend({_command})", "drive it with a CoroutineDriver, or ");
            return false;
        }
    }

    /// <summary>Ends the await.</summary>
    /// <returns>What the driver sent; null on an event loop.</returns>
    public object? GetResult() => Waiter.Current!.Take();

    /// <summary>Suspends code that is not a coroutine's, on an event loop.</summary>
    /// <param name="continuation">What goes on.</param>
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(Continuations.InCurrentContext(continuation));

    /// <summary>Suspends code that is not a coroutine's, on an event loop.</summary>
    /// <param name="continuation">What goes on.</param>
    public void UnsafeOnCompleted(Action continuation) =>
        ActionWaiter.Suspend(this, continuation, "Coroutine.Suspend");

    void ILoopAwaiter.Suspend(Waiter waiter)
    {
        if (waiter is DriverRunner)
            waiter.Put(_command);
        else
            EventLoop.Current!.NextTurn(waiter);
    }
}
