using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace ScopedTasks;

/// <summary>Runs a chain of coroutines that await each other, one step at a time.</summary>
/// <remarks>
/// It holds the frame that goes on next. A frame that awaits another hands the runner over and returns, and so does one
/// that ends: calls and returns cost no stack, however deep the chain.
/// </remarks>
internal abstract class CoroutineRunner : Waiter
{
    private Coroutine _leaf;

    protected CoroutineRunner(Coroutine root) => _leaf = root;

    /// <summary>Whether its coroutine cannot wait as on an event loop.</summary>
    public virtual bool IsForeignToLoops => true;

    /// <summary>The frame that goes on next.</summary>
    public Coroutine Leaf => _leaf;

    /// <summary>The coroutine that it was made for.</summary>
    public Coroutine Root
    {
        get
        {
            var frame = _leaf;
            while (frame.Caller is { } caller)
                frame = caller;
            return frame;
        }
    }

    /// <inheritdoc/>
    public override LoopTask? Origin => null;

    /// <inheritdoc/>
    public override CancelNode FindNode(EventLoop loop) => loop.NodeOf(Origin);

    /// <inheritdoc/>
    public override void Run(EventLoop loop) => throw new InvalidOperationException("It has no turn on a loop.");

    /// <summary>Suspends the frame that runs now until its awaiter wakes it.</summary>
    public static void Await<TAwaiter>(Coroutine frame, ref TAwaiter awaiter)
        where TAwaiter : INotifyCompletion
    {
        var here = OnThisThread.Here;
        var runner = Pause(frame, here);
        here.ForgetFlow();
        awaiter.OnCompleted(runner.BeginForeign(typeof(TAwaiter)));
        runner.OnForeignBegun();
    }

    /// <summary>Suspends the frame that runs now until its awaiter wakes it.</summary>
    public static void AwaitUnsafe<TAwaiter>(Coroutine frame, ref TAwaiter awaiter)
        where TAwaiter : ICriticalNotifyCompletion
    {
        var here = OnThisThread.Here;
        var runner = Pause(frame, here);
        // The compiler at run time knows the answer for a struct, and removes the box and the question.
        if (default(TAwaiter) is not null && awaiter is ILoopAwaiter)
        {
            ((ILoopAwaiter)awaiter).Suspend(runner);
            return;
        }
        here.ForgetFlow();
        awaiter.UnsafeOnCompleted(runner.BeginForeign(typeof(TAwaiter)));
        runner.OnForeignBegun();
    }

    /// <summary>Goes on with a coroutine that the frame awaits.</summary>
    public void Call(Coroutine coroutine)
    {
        coroutine.ReturnTo(_leaf);
        _leaf = coroutine;
    }

    /// <summary>Runs until something suspends or the root ends.</summary>
    /// <param name="here">What runs on this thread.</param>
    /// <returns>Whether the root has ended.</returns>
    protected bool Step(OnThisThread here)
    {
        here.Code = this;
        if (IsPassing && PassOn())
            return true;
        while (true)
        {
            var frame = _leaf;
            here.Enter(frame.Context);
            var caller = frame.Resume();
            frame.MoveNext();
            if (!frame.IsEnded)
            {
                // One that called another is the leaf no more.
                if (_leaf == frame)
                    return false;
                continue;
            }
            here.ForgetFlow();
            if (caller is null)
                return true;
            _leaf = caller;
        }
    }

    // Throwing costs more than all else that a cancelled sleeper does, and most frames could do nothing but be left.
    private bool PassOn()
    {
        OperationCanceledException? cancellation = null;
        while (_leaf.IsTransparent)
        {
            cancellation ??= TakeCancellation();
            var caller = _leaf.Resume();
            _leaf.Drop(cancellation);
            if (caller is null)
                return true;
            _leaf = caller;
        }
        return false;
    }

    /// <summary>Runs a step, and leaves the flow of the caller as it was.</summary>
    protected bool StepInside()
    {
        var here = OnThisThread.Here;
        var context = ExecutionContext.Capture();
        var outer = here.Code;
        here.ForgetFlow();
        var isEnded = Step(here);
        here.ForgetFlow();
        here.Code = outer;
        if (context is not null && context != ExecutionContext.Capture())
            ExecutionContext.Restore(context);
        return isEnded;
    }

    /// <summary>Waits for something that knows nothing of coroutines.</summary>
    /// <param name="awaiter">Its type.</param>
    /// <returns>What is called when it is there, on any thread.</returns>
    protected abstract Action BeginForeign(Type awaiter);

    /// <summary>The awaiter has taken the continuation.</summary>
    protected virtual void OnForeignBegun()
    {
    }

    private static CoroutineRunner Pause(Coroutine frame, OnThisThread here)
    {
        var runner = Unsafe.As<CoroutineRunner>(here.Code)!;
        frame.Pause(here);
        if (runner._leaf != frame)
            runner._leaf = frame;
        return runner;
    }
}
