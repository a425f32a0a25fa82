using System;

namespace ScopedTasks;

/// <summary>Decides who runs a coroutine that is awaited by code which may not be a coroutine's.</summary>
/// <remarks>
/// A coroutine that awaits another hands its runner over, in <see cref="CoroutineRunner.Call"/>. An <c>async Task</c>
/// method has none to give: on an event loop its coroutine becomes a task of the loop, elsewhere it runs on the threads
/// that complete what it awaits.
/// </remarks>
internal static class CoroutineCall
{
    /// <summary>Nothing to wait for: what an async method awaits that has nothing else to await.</summary>
    public static System.Threading.Tasks.ValueTask Nothing => default;

    /// <summary>Whether it has ended, after it was started if certainly no coroutine's code asks.</summary>
    public static bool IsCompleted(Coroutine coroutine)
    {
        if (coroutine.Status == CoroutineStatus.Created && Waiter.Current is not CoroutineRunner)
            StartAlone(coroutine);
        return coroutine.IsEnded;
    }

    /// <summary>Goes on after the coroutine, for code that is not a coroutine's.</summary>
    public static void Start(Coroutine coroutine, Action continuation)
    {
        if (coroutine.Status == CoroutineStatus.Created)
            StartAlone(coroutine);
        if (coroutine.Adoption is { } adoption)
            adoption.ContinueWith(continuation);
        else
            Adoption.GoOn(continuation);
    }

    private static void StartAlone(Coroutine coroutine)
    {
        if (EventLoop.Current is { } loop && Waiter.Current is not CoroutineRunner { IsForeignToLoops: true })
            loop.Adopt(coroutine);
        else
            DetachedRunner.Start(coroutine);
    }
}
