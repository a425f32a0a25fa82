using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Tells a feeder when the work for an item has ended; then it is used again.</summary>
internal sealed class ItemWatcher<T>(ItemFeeder<T> feeder) : Watcher
{
    private int _index;

    /// <inheritdoc/>
    public override Task Outcome => feeder.Outcome;

    /// <summary>The next one that is not in use.</summary>
    public ItemWatcher<T>? Next { get; set; }

    /// <summary>Watches the work for the item at an index.</summary>
    public void Watch(Task task, int index)
    {
        _index = index;
        Watch(task);
    }

    /// <inheritdoc/>
    protected override void OnEnded(Task task)
    {
        feeder.Judge(task, _index);
        feeder.OnItemEnded(this);
    }
}
