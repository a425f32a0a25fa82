namespace ScopedTasks;

/// <summary>Keeps the operations that wait for the same thing: first come, first served.</summary>
internal sealed class OperationQueue
{
    private LoopOperation? _first;
    private LoopOperation? _last;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one at the end.</summary>
    public void Add(LoopOperation operation)
    {
        operation.Queue = this;
        operation.PreviousInQueue = _last;
        if (_last is null)
            _first = operation;
        else
            _last.NextInQueue = operation;
        _last = operation;
        Count++;
    }

    /// <summary>Takes the one that has waited longest; it is still to be ended.</summary>
    public LoopOperation? Take()
    {
        var operation = _first;
        if (operation is not null)
            Remove(operation);
        return operation;
    }

    /// <summary>Takes one out.</summary>
    public void Remove(LoopOperation operation)
    {
        var (previous, next) = (operation.PreviousInQueue, operation.NextInQueue);
        if (previous is null)
            _first = next;
        else
            previous.NextInQueue = next;
        if (next is null)
            _last = previous;
        else
            next.PreviousInQueue = previous;
        operation.PreviousInQueue = operation.NextInQueue = null;
        operation.Queue = null;
        Count--;
    }
}
