using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits a coroutine with a value: starts it, and goes on when it has ended.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct CoroutineAwaiter<T> : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly Coroutine<T> _coroutine;

    internal CoroutineAwaiter(Coroutine<T> coroutine) => _coroutine = coroutine;

    /// <summary>Whether it has ended. Where no coroutine's code runs, asking starts it.</summary>
    public bool IsCompleted => CoroutineCall.IsCompleted(_coroutine);

    /// <summary>Ends the await.</summary>
    /// <returns>The value; what the coroutine threw is thrown.</returns>
    public T GetResult() => _coroutine.Result;

    /// <summary>Starts the coroutine, and goes on when it has ended, in the flow of the caller.</summary>
    /// <param name="continuation">What goes on.</param>
    public void OnCompleted(Action continuation) =>
        CoroutineCall.Start(_coroutine, Continuations.InCurrentContext(continuation));

    /// <summary>Starts the coroutine, and goes on when it has ended.</summary>
    /// <param name="continuation">What goes on.</param>
    public void UnsafeOnCompleted(Action continuation) => CoroutineCall.Start(_coroutine, continuation);

    void ILoopAwaiter.Suspend(Waiter waiter) => Unsafe.As<CoroutineRunner>(waiter).Call(_coroutine);
}
