using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Decides in which flow a continuation runs that its awaiter has to keep there.</summary>
internal static class Continuations
{
    /// <summary>The continuation, in the execution context of this moment.</summary>
    public static Action InCurrentContext(Action continuation) =>
        ExecutionContext.Capture() is { } context
            ? () => ExecutionContext.Run(context, static state => ((Action)state!)(), continuation)
            : continuation;
}
