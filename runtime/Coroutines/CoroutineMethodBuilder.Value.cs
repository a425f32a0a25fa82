using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Builds the coroutine with a value of an async method; for the compiler only.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public struct CoroutineMethodBuilder<T>
{
    private Coroutine<T>? _coroutine;

    /// <summary>The coroutine.</summary>
    public readonly Coroutine<T> Task => _coroutine!;

    /// <summary>Makes a builder.</summary>
    /// <returns>An empty one.</returns>
    public static CoroutineMethodBuilder<T> Create() => default;

    /// <summary>Makes the coroutine, and runs nothing of it.</summary>
    /// <typeparam name="TStateMachine">The type of the state machine.</typeparam>
    /// <param name="stateMachine">What the compiler made of the method.</param>
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine
    {
        var frame = new CoroutineFrame<TStateMachine, T>();
        // This builder lies inside the machine: it must know the frame before the machine is copied into it.
        _coroutine = frame;
        frame.Take(ref stateMachine);
    }

    /// <summary>Does nothing: the machine never moves.</summary>
    /// <param name="stateMachine">The machine.</param>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Ends the coroutine.</summary>
    /// <param name="result">Its value.</param>
    public readonly void SetResult(T result) => _coroutine!.SetReturned(result);

    /// <summary>Ends the coroutine with a failure.</summary>
    /// <param name="exception">What it threw.</param>
    public readonly void SetException(Exception exception) => _coroutine!.SetFailed(exception);

    /// <summary>Suspends the coroutine.</summary>
    /// <typeparam name="TAwaiter">The type of the awaiter.</typeparam>
    /// <typeparam name="TStateMachine">The type of the state machine.</typeparam>
    /// <param name="awaiter">What it waits for.</param>
    /// <param name="stateMachine">The machine.</param>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(
        ref TAwaiter awaiter,
        ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        CoroutineRunner.Await(_coroutine!, ref awaiter);

    /// <summary>Suspends the coroutine.</summary>
    /// <typeparam name="TAwaiter">The type of the awaiter.</typeparam>
    /// <typeparam name="TStateMachine">The type of the state machine.</typeparam>
    /// <param name="awaiter">What it waits for.</param>
    /// <param name="stateMachine">The machine.</param>
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(
        ref TAwaiter awaiter,
        ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine =>
        CoroutineRunner.AwaitUnsafe(_coroutine!, ref awaiter);
}
