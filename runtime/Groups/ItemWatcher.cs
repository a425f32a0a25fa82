using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Tells a feeder when the work for an item has ended; then it is used again.</summary>
internal sealed class ItemWatcher<T>(ItemFeeder<T> feeder) : RunningChild(label: null, startedAt: 0)
{
    private Action? _continuation;
    private int _index;

    /// <inheritdoc/>
    public override Task Outcome => feeder.Outcome;

    /// <inheritdoc/>
    public override string? Name => $"item {_index}";

    /// <inheritdoc/>
    public override bool IsItem => true;

    /// <summary>The next one that is not in use.</summary>
    public ItemWatcher<T>? Next { get; set; }

    /// <summary>Watches the work for the item at an index.</summary>
    public void Watch(Task task, int index, long startedAt)
    {
        _index = index;
        StartedAt = startedAt;
        Watch(task);
    }

    /// <inheritdoc/>
    protected override Action Continuation => _continuation ??= OnCompleted;

    /// <inheritdoc/>
    protected override void OnEnded(Task task)
    {
        feeder.Judge(task, _index);
        feeder.OnItemEnded(this);
    }
}
