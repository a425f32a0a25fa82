using System;
using System.Linq;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Tells whether a task ended by cancellation, and with which exception.</summary>
internal static class Cancellations
{
    /// <summary>Whether the task was canceled, or faulted with nothing but cancellations.</summary>
    public static bool IsOnly(Task task) =>
        task.IsCanceled || task.Exception?.InnerExceptions.All(e => e is OperationCanceledException) == true;

    /// <summary>The original one, with its message and type: only throwing yields it.</summary>
    public static OperationCanceledException Of(Task canceled)
    {
        try
        {
            canceled.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            return exception;
        }
        return new TaskCanceledException(canceled);
    }
}
