using System;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Finds the exception that a canceled task ended with.</summary>
internal static class Cancellations
{
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
