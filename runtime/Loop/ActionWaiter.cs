using System;

namespace ScopedTasks;

/// <summary>
/// Waits on an event loop for code that is not a coroutine's: an <c>async Task</c> method, an iterator.
/// </summary>
internal sealed class ActionWaiter : Waiter
{
    private readonly Action _continuation;
    private bool _isCounted;

    public ActionWaiter(Action continuation, LoopTask? origin)
    {
        _continuation = continuation;
        Origin = origin;
    }

    /// <inheritdoc/>
    public override LoopTask? Origin { get; }

    /// <summary>Suspends the code that runs until the awaiter wakes it.</summary>
    public static void Suspend<TAwaiter>(TAwaiter awaiter, Action continuation, string what)
        where TAwaiter : ILoopAwaiter
    {
        if (EventLoop.Current is not { } loop || Current is CoroutineRunner { IsForeignToLoops: true })
        {
            // An async method cannot be told by an exception from here, only by one where it awaits.
            var nobody = new ActionWaiter(continuation, origin: null);
            nobody.Give(EventLoop.Missing(what), throws: true);
            nobody.Call();
            return;
        }
        awaiter.Suspend(Begin(loop, continuation));
    }

    /// <summary>Makes one for the code that runs, in its scope.</summary>
    /// <param name="loop">Where the code runs.</param>
    /// <param name="continuation">What goes on.</param>
    /// <param name="isExternal">Whether only others than the loop can end the wait.</param>
    public static ActionWaiter Begin(EventLoop loop, Action continuation, bool isExternal = false)
    {
        var origin = Current?.Origin;
        var waiter = new ActionWaiter(continuation, origin);
        loop.NodeOf(origin).Attach(waiter);
        if (isExternal)
            return waiter;
        waiter._isCounted = true;
        loop.BeginInnerWait(origin);
        return waiter;
    }

    /// <inheritdoc/>
    public override CancelNode FindNode(EventLoop loop) => this;

    /// <inheritdoc/>
    public override void Run(EventLoop loop)
    {
        loop.LeaveTasks();
        OnWoken(loop);
        End();
        try
        {
            Call();
        }
        catch (Exception exception)
        {
            loop.OnCallbackFailed(exception);
        }
    }

    /// <inheritdoc/>
    protected override void OnWoken(EventLoop loop)
    {
        if (!_isCounted)
            return;
        _isCounted = false;
        loop.EndInnerWait(Origin);
    }

    private void Call()
    {
        var outer = Current;
        Current = this;
        try
        {
            _continuation();
        }
        finally
        {
            Current = outer;
        }
    }
}
