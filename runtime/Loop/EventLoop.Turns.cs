using System;
using System.Diagnostics;
using System.Threading;

namespace ScopedTasks;

// What a turn is, and what happens when nobody can run.
public sealed partial class EventLoop
{
    private const int StepsBetweenPolls = 256;
    // A look at the clock costs as much as a short step.
    private const int StepsBetweenLooks = 16;

    private static readonly TimeSpan s_longestTrust = TimeSpan.FromSeconds(1);

    private ExecutionContext? _baseFlow;
    private MainRun? _main;
    private LoopIo? _io;
    private int _stepsSincePoll;
    private int _stepsSinceLook = StepsBetweenLooks;
    private long _polledAt;
    private long _trustsSince;
    private long _idleWaits;
    private long _idleTime;
    private long _startedAt;

    /// <summary>Lets something run in the next turn; on the loop's thread.</summary>
    internal void Enqueue(LoopItem item) => _ready.Enqueue(item);

    /// <summary>One turn; sleeps first when nothing can run.</summary>
    private void Turn(TimeSpan? maxWait)
    {
        if (_startedAt == 0)
            _startedAt = Stopwatch.GetTimestamp();
        var isIdle = _ready.Count == 0;
        if (isIdle)
            Idle(maxWait);
        if (_io is not null)
            Poll(_io, isIdle);
        Collect();
        if (_random is not null)
            _ready.Shuffle(_random);
        var count = _ready.Count;
        if (count > 0)
            BusyTurns++;
        _stepsSincePoll += count;
        _stepsSinceLook += count;
        if (isIdle || _stepsSinceLook >= StepsBetweenLooks)
            (_stepsSinceLook, _lookedAt) = (0, Environment.TickCount64);
        for (; count > 0; count--)
            _ready.Dequeue().Run(this);
    }

    /// <summary>What runs from now on is the code of no task, in the flow in which the loop was entered.</summary>
    internal void LeaveTasks()
    {
        Here.Code = null;
        Here.ForgetFlow();
        if (_baseFlow is not null && _baseFlow != ExecutionContext.Capture())
            ExecutionContext.Restore(_baseFlow);
    }

    /// <summary>What the loop knows of sockets.</summary>
    internal LoopIo Io
    {
        get
        {
            if (_io is null)
            {
                _io = LoopIo.For(this, _options.PortableIo);
                _inbox.SleepIn(_io.Reactor);
            }
            return _io;
        }
    }

    // A call to the system costs as much as several steps: while there is work it is made now and then.
    private void Poll(LoopIo io, bool isIdle)
    {
        var now = Environment.TickCount64;
        if (!isIdle && _stepsSincePoll < StepsBetweenPolls && now == _polledAt)
            return;
        (_stepsSincePoll, _polledAt) = (0, now);
        io.Reactor?.Poll();
        // A loop that never sleeps has to look, too.
        if (!io.MayMissClosing || now - _trustsSince < s_longestTrust.TotalMilliseconds)
            return;
        _trustsSince = now;
        io.FailClosed();
    }

    private void Collect()
    {
        if (!_inbox.IsEmpty)
            _inbox.TakeTo(this);
        if (_virtualClock is not null)
        {
            LeaveTasks();
            _virtualClock.FireDue();
        }
        if (Timers.Count == 0)
            return;
        var now = Clock.Now;
        while (Timers.TakeDue(now) is { } item)
            item.OnDue(this);
    }

    private void Idle(TimeSpan? maxWait)
    {
        LeaveTasks();
        // In this order: who keeps the loop alive posts, and then lets go.
        var hasExternal = HasExternal;
        if (!_inbox.IsEmpty || WakeThoseWhoWaitForIdleness())
            return;
        var clock = _virtualClock;
        var due = Timers.Count > 0 ? Timers.First : (long?)null;
        if (clock?.NextDue is { } outside && (due is null || outside < due))
            due = outside;
        if (maxWait == TimeSpan.Zero)
            return;
        var limit = maxWait is { } finite ? Clock.After(finite) : (long?)null;
        if (limit is not null && (due is null || limit < due))
            due = limit;
        if (due is not null && !hasExternal && clock is { AutoJump: true })
        {
            // What is there already comes before what only time brings.
            if (_io?.Reactor?.Poll() == true)
                return;
            clock.JumpTo(due.Value);
            return;
        }
        if (due is null && !hasExternal && HandleDeadlock())
            return;
        Sleep(clock is null ? due is { } time ? Clock.Until(time) : null : clock.RealTimeUntil(due));
    }

    private void Sleep(TimeSpan? time)
    {
        if (time == TimeSpan.Zero)
            return;
        if (_io is { MayMissClosing: true })
        {
            _io.FailClosed();
            if (_ready.Count > 0)
                return;
            // Nobody tells when another thread closes a socket that is waited for.
            time = time < s_longestTrust ? time : s_longestTrust;
        }
        Observer?.BeforeIdle();
        var start = Stopwatch.GetTimestamp();
        if (_virtualClock is not null || Clock.Provider == TimeProvider.System)
        {
            _inbox.Sleep(time);
        }
        else
        {
            // Nobody but the provider knows how its time passes.
            using var alarm = time is { } delay
                ? new DelayTimer(Clock.Provider, delay, static loop => ((EventLoop)loop)._inbox.Wake(), this)
                : null;
            _inbox.Sleep(time: null);
        }
        _idleWaits++;
        _idleTime += Stopwatch.GetTimestamp() - start;
        Observer?.AfterIdle();
    }
}
