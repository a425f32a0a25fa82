using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Makes the task that an async method would have returned for an exception it threw at once.</summary>
internal static class Faulted
{
    /// <summary>Canceled for an <see cref="OperationCanceledException"/>, faulted for every other exception.</summary>
    public static Task<T> Task<T>(Exception exception)
    {
        var builder = AsyncTaskMethodBuilder<T>.Create();
        builder.SetException(exception);
        return builder.Task;
    }
}
