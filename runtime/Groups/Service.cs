using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Runs beside the children of a group, under a token of its own.</summary>
internal sealed class Service(TaskGroup group, object label, long startedAt) : RunningChild(label, startedAt)
{
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource<Unit> _ended = new();

    /// <inheritdoc/>
    public override Task Outcome => group.Completion;

    /// <summary>Where the group keeps it, until it has ended.</summary>
    public LinkedListNode<Service>? Node { get; set; }

    /// <summary>Starts the work inline.</summary>
    public void Start(Func<CancellationToken, Task> work)
    {
        var task = Invocation.Start(work, _source.Token);
        if (task.IsCompleted)
            OnEnded(task);
        else
            Watch(task);
    }

    /// <summary>Cancels the service.</summary>
    /// <returns>A task that ends when the service has, and does not fail.</returns>
    public Task StopAsync()
    {
        try
        {
            _source.Cancel();
        }
        catch (AggregateException exception)
        {
            foreach (var failure in exception.InnerExceptions)
                group.KeepResidentsFailure(failure);
        }
        return _ended.Task;
    }

    /// <inheritdoc/>
    protected override void OnEnded(Task task)
    {
        // Being cancelled by its group is how a service ends.
        if (!task.IsCompletedSuccessfully && !(_source.IsCancellationRequested && Cancellations.IsOnly(task)))
            group.Judge(task, isBody: true, Label);
        group.Forget(this);
        _ended.TrySetResult(default);
    }
}
