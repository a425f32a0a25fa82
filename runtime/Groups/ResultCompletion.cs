using System;

namespace ScopedTasks;

/// <summary>Ends a group with a value that is put together once all children have succeeded.</summary>
internal sealed class ResultCompletion<T> : GroupCompletion<T>
{
    /// <summary>Puts the value together; set before the body ends.</summary>
    public Func<T>? GetResult { get; set; }

    /// <inheritdoc/>
    protected override bool TryGetResult(TaskGroup group, out T result)
    {
        if (group.WasCutShort)
        {
            result = default!;
            return false;
        }
        result = GetResult!();
        return true;
    }
}
