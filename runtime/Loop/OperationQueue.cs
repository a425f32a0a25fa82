namespace ScopedTasks;

/// <summary>Keeps the operations that wait for the same thing: first come, first served.</summary>
internal sealed class OperationQueue
{
    private Line<LoopOperation, LoopOperation.Neighbourhood> _line;

    /// <summary>How many wait.</summary>
    public int Count => _line.Count;

    /// <summary>Adds one at the end.</summary>
    public void Add(LoopOperation operation)
    {
        operation.Queue = this;
        _line.Add(operation);
    }

    /// <summary>Takes the one that has waited longest; it is still to be ended.</summary>
    public LoopOperation? Take()
    {
        var operation = _line.Take();
        if (operation is not null)
            operation.Queue = null;
        return operation;
    }

    /// <summary>Takes one out.</summary>
    public void Remove(LoopOperation operation)
    {
        _line.Remove(operation);
        operation.Queue = null;
    }
}
