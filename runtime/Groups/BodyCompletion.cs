using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Ends a group with the value that its body returned.</summary>
internal sealed class BodyCompletion<T> : GroupCompletion<T>
{
    /// <inheritdoc/>
    protected override bool TryGetResult(TaskGroup group, out T result)
    {
        if (group.Body is Task<T> { IsCompletedSuccessfully: true } body)
        {
            result = body.Result;
            return true;
        }
        result = default!;
        return false;
    }
}
