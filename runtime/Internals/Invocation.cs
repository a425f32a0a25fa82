using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides what calling a delegate came to: its task, or the task of what it threw at once.</summary>
/// <remarks>
/// It runs as the first step of an async method would, so that changes which the delegate makes to
/// <c>AsyncLocal</c> values or to the <c>SynchronizationContext</c> stay inside, whether it is async or not.
/// </remarks>
internal static class Invocation
{
    /// <summary>Calls the delegate.</summary>
    public static Task Start<TArgument>(Func<TArgument, Task> work, TArgument argument) =>
        Call(work, argument, out var error) ?? Failed<Unit>(error!);

    /// <summary>Calls the delegate.</summary>
    public static Task<T> StartValue<TArgument, T>(Func<TArgument, Task<T>> work, TArgument argument) =>
        Call(work, argument, out var error) as Task<T> ?? Failed<T>(error!);

    /// <summary>
    /// The task that an async method would have returned for an exception: canceled for an
    /// <see cref="OperationCanceledException"/>, faulted for every other.
    /// </summary>
    public static Task<T> Failed<T>(Exception exception)
    {
        var builder = AsyncTaskMethodBuilder<T>.Create();
        builder.SetException(exception);
        return builder.Task;
    }

    /// <summary>Makes the call.</summary>
    public static Task Start<TCall>(TCall call)
        where TCall : struct, ICall =>
        Call(call, out var error) ?? Failed<Unit>(error!);

    private static Task? Call<TArgument>(Func<TArgument, Task> work, TArgument argument, out Exception? error) =>
        Call(new WorkCall<TArgument>(work, argument), out error);

    private static Task? Call<TCall>(TCall call, out Exception? error)
        where TCall : struct, ICall
    {
        var step = new FirstStep<TCall>(call);
        AsyncTaskMethodBuilder.Create().Start(ref step);
        error = step.Error;
        return step.Task;
    }

    /// <summary>A delegate and what it is called with.</summary>
    private readonly struct WorkCall<TArgument>(Func<TArgument, Task> work, TArgument argument) : ICall
    {
        public Task? Invoke() => work(argument);
    }

    /// <summary>The call, in the shape that restores the context after it.</summary>
    private struct FirstStep<TCall>(TCall call) : IAsyncStateMachine
        where TCall : struct, ICall
    {
        public Task? Task { get; private set; }

        public Exception? Error { get; private set; }

        void IAsyncStateMachine.MoveNext()
        {
            try
            {
                Task = call.Invoke();
                if (Task is null)
                {
                    Error = new InvalidOperationException(
                        "The delegate returned null instead of a task. Return Task.CompletedTask.");
                }
            }
            catch (Exception exception)
            {
                Error = exception;
            }
        }

        readonly void IAsyncStateMachine.SetStateMachine(IAsyncStateMachine stateMachine)
        {
        }
    }
}
