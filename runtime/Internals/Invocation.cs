using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides what calling a delegate came to: a task, or the exception it threw at once.</summary>
/// <remarks>
/// It runs as the first step of an async method would, so that changes which the delegate makes to
/// <c>AsyncLocal</c> values or to the <c>SynchronizationContext</c> stay inside, whether it is async or not.
/// </remarks>
internal struct Invocation<TArgument>(Func<TArgument, Task> work, TArgument argument) : IAsyncStateMachine
{
    private Task? _task;
    private Exception? _error;

    /// <summary>Calls the delegate.</summary>
    /// <returns>Its task, or null when <paramref name="error"/> says why there is none.</returns>
    public static Task? Start(Func<TArgument, Task> work, TArgument argument, out Exception? error)
    {
        var invocation = new Invocation<TArgument>(work, argument);
        AsyncTaskMethodBuilder.Create().Start(ref invocation);
        error = invocation._error;
        return invocation._task;
    }

    void IAsyncStateMachine.MoveNext()
    {
        try
        {
            _task = work(argument);
            if (_task is null)
                _error = new InvalidOperationException("The delegate returned null instead of a task.");
        }
        catch (Exception exception)
        {
            _error = exception;
        }
    }

    readonly void IAsyncStateMachine.SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }
}
