using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides which supervising group holds background work, and what becomes of its failures.</summary>
/// <remarks>Draining ends a group; the next work after its end opens a new one.</remarks>
internal sealed class BackgroundGroup(TimeProvider clock)
{
    private readonly object _gate = new();
    private TaskGroup? _current;
    private bool _drains;

    /// <summary>Tells each failure.</summary>
    public event Action<BackgroundTaskFailure>? Failed;

    /// <summary>How many children are running.</summary>
    public int RunningCount => Volatile.Read(ref _current)?.RunningCount ?? 0;

    /// <summary>Starts a child inline.</summary>
    public void Spawn(Func<CancellationToken, Task> work, string? name)
    {
        var group = HoldCurrent();
        try
        {
            group.Spawn(work, name);
        }
        finally
        {
            group.ReleaseHold();
        }
    }

    /// <summary>Waits for what runs; cancels it after the grace period.</summary>
    public Task DrainAsync(TimeSpan gracePeriod, CancellationToken cancellationToken)
    {
        TaskGroup? group;
        bool isFirst;
        lock (_gate)
        {
            group = _current;
            isFirst = !_drains;
            _drains = group is not null;
        }
        if (group is null)
            return Task.CompletedTask;
        var completion = isFirst ? group.CompleteAsync() : group.Completion;
        CancelAfter(group, gracePeriod);
        return completion.WaitAsync(cancellationToken);
    }

    /// <summary>The group for new work, which cannot end before it is let go.</summary>
    private TaskGroup HoldCurrent()
    {
        lock (_gate)
        {
            if (_current?.TryHold() == true)
                return _current;
            _drains = false;
            _current = TaskGroup.Begin(
                new TaskGroupOptions
                {
                    Name = nameof(BackgroundTasks),
                    FailureMode = TaskGroupFailureMode.Supervise,
                    StuckBodyWarning = null,
                    OnEveryFailure = OnFailure,
                },
                new GroupCompletion<Unit>(),
                CancellationToken.None,
                isRoot: true);
            _current.TryHold();
            return _current;
        }
    }

    /// <summary>Every drain has its own grace period: a longer one does not extend a shorter.</summary>
    private void CancelAfter(TaskGroup group, TimeSpan gracePeriod)
    {
        if (gracePeriod == TimeSpan.Zero)
        {
            group.Cancel();
            return;
        }
        if (gracePeriod == Timeout.InfiniteTimeSpan || group.Completion.IsCompleted)
            return;
        var timer = new DelayTimer(clock, gracePeriod, static state => ((TaskGroup)state).Cancel(), group);
        group.Completion.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(timer.Dispose);
    }

    private void OnFailure(string? name, Exception exception)
    {
        ScopedTasksEventSource.Log.Unobserved(name, exception);
        if (Failed is not { } handlers)
        {
            UnobservedFailures.WriteLine(name, exception);
            return;
        }
        var failure = new BackgroundTaskFailure(name, exception);
        foreach (var handler in handlers.GetInvocationList())
        {
            try
            {
                ((Action<BackgroundTaskFailure>)handler)(failure);
            }
            catch (Exception broken)
            {
                UnobservedFailures.WriteLine(name, broken);
            }
        }
    }
}
