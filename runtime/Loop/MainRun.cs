using System;
using System.Linq;
using System.Runtime.ExceptionServices;

namespace ScopedTasks;

/// <summary>Decides how a run with a main coroutine goes on and ends.</summary>
internal sealed class MainRun(EventLoop loop, Coroutine main) : ITaskOwner
{
    private LoopTask? _task;
    private DeadlockException? _deadlock;
    private bool _isInterrupted;
    private bool _isHopeless;
    private bool _isEnded;

    /// <summary>Whether turns are still needed.</summary>
    public bool GoesOn => !_isEnded && !_isHopeless;

    /// <summary>Whether everything waits and nothing will change that, cancellation neither.</summary>
    public bool IsHopeless => _isHopeless;

    /// <summary>Whether the process was asked to end.</summary>
    public bool IsInterrupted => _isInterrupted;

    /// <summary>Starts the coroutine.</summary>
    public void Start() =>
        _task = loop.Spawn(main, loop.RunNode, this, ScopeFlow.CaptureIn(null));

    /// <summary>Throws what the run came to.</summary>
    public void ThrowOutcome(Exception? callbackFailure)
    {
        var failure = callbackFailure ?? _deadlock;
        if (failure is not null)
        {
            if (main.Status == CoroutineStatus.Faulted && main.Failure != failure)
                UnobservedFailures.Report(handler: null, group: null, main.Failure!);
            ExceptionDispatchInfo.Throw(failure);
        }
        if (_isInterrupted && main.Status != CoroutineStatus.Faulted)
            throw new EventLoopInterruptedException();
        main.ThrowIfFailed();
    }

    /// <summary>Cancels the coroutine.</summary>
    public void Cancel(string reason)
    {
        if (_task is not { HasEnded: false })
            return;
        _task.Extras.Reason ??= reason;
        loop.CancelReporting(_task);
    }

    /// <summary>The process was asked to end.</summary>
    public void Interrupt()
    {
        _isInterrupted = true;
        Cancel("the event loop was interrupted");
    }

    /// <summary>Everything waits, and nothing will end that.</summary>
    /// <returns>Whether something was done about it.</returns>
    public bool OnDeadlock()
    {
        if (_deadlock is not null)
        {
            _isHopeless = true;
            return true;
        }
        var lines = loop.GetTaskTree().ToString().TrimEnd('\n').Split('\n');
        var waiting = string.Concat(lines.Select(line => $"\n  {line}"));
        _deadlock = new DeadlockException(
            $"Everything on the event loop waits, and nothing is left that could end that:{waiting}\n"
            + "If another thread is to end it by loop.Post, hold loop.KeepAlive() until then.");
        Cancel("everything on the event loop waits");
        return true;
    }

    /// <inheritdoc/>
    public void OnEnded(EventLoop loop, LoopTask task) => _isEnded = true;
}
