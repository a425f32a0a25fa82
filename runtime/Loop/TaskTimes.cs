using System;
using System.Diagnostics;

namespace ScopedTasks;

/// <summary>Adds up where the time of a task went: running, waiting for something, waiting for its turn.</summary>
/// <remarks>
/// A time is what has passed by the clock of the loop, or really, whichever is more: under a virtual clock work takes
/// real time, and sleep none.
/// </remarks>
internal sealed class TaskTimes
{
    private readonly LoopClock _clock;
    private State _state = State.Waiting;
    private long _since;
    private long _reallySince;

    public TaskTimes(LoopClock clock)
    {
        _clock = clock;
        _since = clock.Now;
        _reallySince = Stopwatch.GetTimestamp();
    }

    /// <summary>What a task does.</summary>
    private enum State
    {
        Waiting,
        Awake,
        Asleep,
    }

    /// <summary>Its code ran.</summary>
    public TimeSpan Awake { get; private set; }

    /// <summary>It waited for something.</summary>
    public TimeSpan Asleep { get; private set; }

    /// <summary>It could run, and others did.</summary>
    public TimeSpan Waiting { get; private set; }

    /// <summary>It can run from now on.</summary>
    public void BecomeReady() => Become(State.Waiting);

    /// <summary>It runs from now on.</summary>
    public void BecomeAwake() => Become(State.Awake);

    /// <summary>It waits from now on.</summary>
    public void FallAsleep() => Become(State.Asleep);

    private void Become(State state)
    {
        var (now, reallyNow) = (_clock.Now, Stopwatch.GetTimestamp());
        var passed = _clock.ToTime(now - _since);
        var reallyPassed = Stopwatch.GetElapsedTime(_reallySince, reallyNow);
        var time = passed > reallyPassed ? passed : reallyPassed;
        if (_state == State.Awake)
            Awake += time;
        else if (_state == State.Asleep)
            Asleep += time;
        else
            Waiting += time;
        (_since, _reallySince, _state) = (now, reallyNow, state);
    }
}
