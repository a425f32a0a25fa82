using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides whose a child is that has yet to say that it is ready: its starter's, then its group's.</summary>
internal sealed class StartingChild<T>(TaskGroup group, object? label, long startedAt)
    : RunningChild(label, startedAt)
{
    // Whoever awaits the start must not go on inside the child's call of SetStarted.
    private readonly TaskCompletionSource<T> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _said;

    /// <inheritdoc/>
    public override Task Outcome => _started.Task.IsCompleted ? group.Completion : _started.Task;

    /// <summary>Starts the child inline.</summary>
    public Task<T> Start(Func<StartSignal<T>, CancellationToken, Task> work)
    {
        var task = Invocation.Start(
            static call => call.Work(call.Signal, call.Token),
            (Work: work, Signal: new StartSignal<T>(OnStarted), Token: group.CancellationToken));
        if (task.IsCompleted)
        {
            Judge(task);
        }
        else
        {
            group.Show(this);
            Watch(task);
        }
        return _started.Task;
    }

    /// <inheritdoc/>
    protected override void OnEnded(Task task)
    {
        Judge(task);
        MarkEnded();
        group.OnShownChildEnded();
    }

    private void Judge(Task task)
    {
        if (_started.Task.IsCompletedSuccessfully)
        {
            group.OnChildEnded(task, Label, hasSlot: false);
            return;
        }
        if (task.IsCompletedSuccessfully)
            EndWithoutStart();
        else
            EndAs(task);
        group.LeaveChild();
    }

    private void OnStarted(T value)
    {
        if (Interlocked.Exchange(ref _said, 1) == 1)
            throw new InvalidOperationException("SetStarted was called before; a child starts once.");
        if (!group.IsCancellationRequested)
            _started.TrySetResult(value);
    }

    private void EndWithoutStart()
    {
        if (_said == 1)
        {
            group.MarkCutShort();
            _started.TrySetCanceled(group.CancellationToken);
        }
        else
        {
            _started.TrySetException(new InvalidOperationException(
                $"The child{(Name is { } name ? $" '{name}'" : "")} exited without calling SetStarted. "
                + "Call it once the child is ready, or use Run."));
        }
    }

    private void EndAs(Task task)
    {
        if (task.Exception is { } exception)
        {
            _started.TrySetException(exception.InnerExceptions);
            return;
        }
        if (group.IsCancelled)
        {
            group.MarkCutShort();
            _started.TrySetCanceled(group.CancellationToken);
        }
        else
        {
            _started.TrySetException(Cancellations.Of(task));
        }
    }
}
