using System;

namespace ScopedTasks;

/// <summary>Adds up where the time of a task went: running, waiting for something, waiting for its turn.</summary>
internal sealed class TaskTimes
{
    private long _since;
    private State _state = State.Waiting;

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
    public void BecomeReady(long now) => Change(now, State.Waiting);

    /// <summary>It runs from now on.</summary>
    public void BecomeAwake(long now) => Change(now, State.Awake);

    /// <summary>It waits from now on.</summary>
    public void FallAsleep(long now) => Change(now, State.Asleep);

    private void Change(long now, State state)
    {
        if (_since != 0)
        {
            var span = System.Diagnostics.Stopwatch.GetElapsedTime(_since, now);
            if (_state == State.Awake)
                Awake += span;
            else if (_state == State.Asleep)
                Asleep += span;
            else
                Waiting += span;
        }
        (_since, _state) = (now, state);
    }
}
