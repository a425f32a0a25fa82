using System;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Awaits a coroutine: starts it, and goes on when it has ended.</summary>
public readonly struct CoroutineAwaiter : ICriticalNotifyCompletion, ILoopAwaiter
{
    private readonly Coroutine _coroutine;

    internal CoroutineAwaiter(Coroutine coroutine) => _coroutine = coroutine;

    /// <summary>Whether it has ended. Where no coroutine's code runs, asking starts it.</summary>
    public bool IsCompleted => CoroutineCall.IsCompleted(_coroutine);

    /// <summary>Ends the await.</summary>
    /// <exception cref="InvalidOperationException">It has not ended. What it threw is thrown.</exception>
    public void GetResult() => _coroutine.ThrowIfFailed();

    /// <summary>Starts the coroutine, and goes on when it has ended, in the flow of the caller.</summary>
    /// <param name="continuation">What goes on.</param>
    public void OnCompleted(Action continuation) =>
        CoroutineCall.Start(_coroutine, Continuations.InCurrentContext(continuation));

    /// <summary>Starts the coroutine, and goes on when it has ended.</summary>
    /// <param name="continuation">What goes on.</param>
    public void UnsafeOnCompleted(Action continuation) => CoroutineCall.Start(_coroutine, continuation);

    void ILoopAwaiter.Suspend(Waiter waiter) => Unsafe.As<CoroutineRunner>(waiter).Call(_coroutine);
}
