using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Decides in which order a cancellation reaches nested groups and scopes.</summary>
/// <remarks>
/// A chain of linked <c>CancellationTokenSource</c>s cancels itself recursively, and overflows the stack when it is
/// deep. Here too a parent's callback cancels its children at once, but from a depth on it only queues them, and the
/// callback at that depth goes through the queue before it returns.
/// </remarks>
internal static class CancellationWave
{
    private const int Deepest = 50;

    [ThreadStatic]
    private static int t_depth;

    [ThreadStatic]
    private static Queue<ICancellable>? t_waiting;

    /// <summary>Cancels the node and all below it before it returns, also from within another cancellation.</summary>
    public static void Begin(ICancellable node)
    {
        var (depth, waiting) = (t_depth, t_waiting);
        (t_depth, t_waiting) = (0, null);
        try
        {
            Continue(node);
        }
        finally
        {
            (t_depth, t_waiting) = (depth, waiting);
        }
    }

    /// <summary>Cancels the node, because its parent is being cancelled.</summary>
    public static void Continue(ICancellable node)
    {
        if (t_depth == Deepest)
        {
            (t_waiting ??= new Queue<ICancellable>()).Enqueue(node);
            return;
        }
        t_depth++;
        try
        {
            node.CancelNow();
            while (t_depth == Deepest && t_waiting is { Count: > 0 } waiting)
                waiting.Dequeue().CancelNow();
        }
        finally
        {
            t_depth--;
        }
    }
}
