using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace ScopedTasks;

/// <summary>Goes on with code that is not a coroutine's, once the coroutine that it awaits has ended.</summary>
internal sealed class Adoption
{
    private static readonly Action s_ended = static () => { };

    private Action? _continuation;

    /// <summary>Keeps what goes on, or goes on when the coroutine has ended meanwhile.</summary>
    public void ContinueWith(Action continuation)
    {
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is not null)
            GoOn(continuation);
    }

    /// <summary>Goes on.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _continuation, s_ended) is { } continuation)
            GoOn(continuation);
    }

    /// <summary>Calls the continuation, in a turn of its own on a loop, and where the stack is deep.</summary>
    public static void GoOn(Action continuation)
    {
        if (EventLoop.Current is { } loop)
            loop.Enqueue(new CallbackItem(continuation));
        else if (RuntimeHelpers.TryEnsureSufficientExecutionStack())
            continuation();
        else
            ThreadPool.UnsafeQueueUserWorkItem(static action => action(), continuation, preferLocal: false);
    }
}
