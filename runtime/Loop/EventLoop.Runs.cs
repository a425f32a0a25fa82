using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace ScopedTasks;

// How a run begins and ends.
public sealed partial class EventLoop
{
    private bool _isEnding;
    private bool _isStuck;

    /// <summary>Whether nobody who comes now is let in.</summary>
    internal bool IsClosing { get; private set; }

    /// <summary>A callback threw that nobody waits for: the run fails with it.</summary>
    internal void OnCallbackFailed(Exception failure)
    {
        // Who posts himself again and again ends by that.
        if (_isDisposed && failure is ObjectDisposedException)
            return;
        if (_callbackFailure is null)
            _callbackFailure = failure;
        else
            UnobservedFailures.Report(handler: null, group: null, failure);
        _main?.Cancel("a callback of the event loop failed");
    }

    private void RunMain(Coroutine main)
    {
        var run = new MainRun(this, main);
        _main = run;
        using (_options.HandleConsoleInterrupt ? new ConsoleInterrupts(this, run) : null)
        {
            try
            {
                run.Start();
                while (run.GoesOn)
                    Turn(maxWait: null);
                if (!run.IsHopeless)
                    EndRun();
            }
            finally
            {
                _main = null;
            }
        }
        run.ThrowOutcome(Interlocked.Exchange(ref _callbackFailure, null));
    }

    /// <summary>Cancels what lives, and runs it to its end.</summary>
    private void EndRun()
    {
        _isEnding = true;
        LeaveTasks();
        CancelReporting(_run);
        RunOut();
        if (_iterators is { IsEmpty: false } iterators)
        {
            var closing = iterators.CloseAllAsync();
            closing.Claim();
            Spawn(closing, _run, NoOwner.Instance, ScopeFlow.CaptureIn(null));
            RunOut();
        }
        _isEnding = false;
        _run = new ScopeNode(this, owner: null);
        _nodeFlow = null;
    }

    /// <summary>Ends the run, and all that came from outside until nothing more is taken.</summary>
    private void Close()
    {
        IsClosing = true;
        do
        {
            _inbox.TakeTo(this);
            EndRun();
            // What comes by then is refused, so that this has an end.
            _isDisposed = true;
        }
        while (!_inbox.TryClose());
        if (Interlocked.Exchange(ref _callbackFailure, null) is { } failure)
            UnobservedFailures.Report(handler: null, group: null, failure);
    }

    private void RunOut()
    {
        _isStuck = false;
        while (!_isStuck && (_liveTasks > 0 || _ready.Count > 0))
            Turn(maxWait: null);
    }

    /// <summary>Whether waiting is pointless: nothing will ever come.</summary>
    private bool HandleDeadlock()
    {
        if (_isEnding)
            return _isStuck = true;
        if (_main is null || _options.HandleConsoleInterrupt)
            return false;
        return _options.DeadlockDetection == DeadlockDetection.Throw && _main.OnDeadlock();
    }

    /// <summary>Answers for what nobody waits for.</summary>
    private sealed class NoOwner : ITaskOwner
    {
        public static readonly NoOwner Instance = new();

        public void OnEnded(EventLoop loop, LoopTask task)
        {
            if (task.Root is { Status: CoroutineStatus.Faulted, Failure: { } failure })
                UnobservedFailures.Report(handler: null, group: null, failure);
        }
    }

    /// <summary>
    /// Turns Ctrl+C and the signal to terminate into an interruption of the run; the second one kills.
    /// </summary>
    private sealed class ConsoleInterrupts : IDisposable
    {
        private readonly List<PosixSignalRegistration> _registrations = [];
        private readonly EventLoop _loop;
        private readonly MainRun _run;
        private int _count;

        public ConsoleInterrupts(EventLoop loop, MainRun run)
        {
            (_loop, _run) = (loop, run);
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        }

        public void Dispose()
        {
            foreach (var registration in _registrations)
                registration.Dispose();
        }

        private void OnSignal(PosixSignalContext context)
        {
            if (Interlocked.Increment(ref _count) > 1)
                return;
            context.Cancel = true;
            _loop.PostInternally(new CallbackItem(_run.Interrupt));
        }
    }
}
