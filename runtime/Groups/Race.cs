using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides a race: the first success, else all failures.</summary>
internal sealed class Race<T> : GroupCompletion<T>
{
    private Task<T>? _winner;

    /// <summary>Of the group that a race runs in: a failure disturbs nobody.</summary>
    public static readonly TaskGroupOptions Options = TaskGroupOptions.Collect;

    /// <summary>Starts the contenders, until one has won.</summary>
    public void Run(TaskGroup group, Func<CancellationToken, Task<T>>[] contenders)
    {
        foreach (var contender in contenders)
        {
            if (Volatile.Read(ref _winner) is not null)
                return;
            group.EnterChild();
            var startedAt = group.NoteStart(contender);
            var task = Invocation.StartValue(contender, group.CancellationToken);
            if (task.IsCompleted)
            {
                OnEnded(group, task);
                continue;
            }
            var running = new Contender(this, group, contender, startedAt);
            group.Show(running);
            running.Watch(task);
        }
    }

    /// <inheritdoc/>
    public override GroupOutcome Foresee(TaskGroup group) =>
        _winner is null ? base.Foresee(group) : GroupOutcome.Succeeded;

    /// <inheritdoc/>
    public override void Conclude(TaskGroup group)
    {
        var failures = group.GetFailures();
        var cutShort = group.WasCutShort && group.OuterToken.IsCancellationRequested;
        if (_winner is null && !cutShort)
        {
            SetFailures(failures, TaskGroupExceptionMode.First);
            return;
        }
        foreach (var failure in failures)
            ScopedTasksEventSource.Log.Loser(failure);
        if (_winner is not null)
            TrySetResult(_winner.Result);
        else
            TrySetCanceled(group.OuterToken);
    }

    private void OnEnded(TaskGroup group, Task task)
    {
        if (!task.IsCompletedSuccessfully)
            group.Judge(task, isBody: false);
        else if (Interlocked.CompareExchange(ref _winner, (Task<T>)task, null) is not { } winner)
            group.Cancel();
        else if (!ReferenceEquals(winner.Result, ((Task<T>)task).Result))
            group.Track(LateWinner.DisposeAsync(((Task<T>)task).Result));
        group.LeaveChild();
    }

    /// <summary>Tells the race when a contender has ended.</summary>
    private sealed class Contender(Race<T> race, TaskGroup group, object label, long startedAt)
        : RunningChild(label, startedAt)
    {
        /// <inheritdoc/>
        public override Task Outcome => race.Task;

        /// <inheritdoc/>
        protected override void OnEnded(Task task)
        {
            MarkEnded();
            race.OnEnded(group, task);
        }
    }
}
