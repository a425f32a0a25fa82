using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Takes what the work for an item came to.</summary>
internal interface IItemResults
{
    /// <summary>Takes the result of a task that succeeded.</summary>
    void Set(int index, Task task);
}

/// <summary>Keeps results in the order of their items, in whichever order they come.</summary>
internal sealed class ItemResults<T> : IItemResults
{
    private readonly object _gate = new();
    private T[] _results = [];
    private int _count;

    /// <inheritdoc/>
    public void Set(int index, Task task)
    {
        var result = ((Task<T>)task).Result;
        lock (_gate)
        {
            if (index >= _results.Length)
                Array.Resize(ref _results, Math.Max(index + 1, Math.Max(16, _results.Length * 2)));
            _results[index] = result;
            _count = Math.Max(_count, index + 1);
        }
    }

    /// <summary>The results of all items, once all have succeeded.</summary>
    public T[] ToArray()
    {
        if (_results.Length != _count)
            Array.Resize(ref _results, _count);
        return _results;
    }
}
