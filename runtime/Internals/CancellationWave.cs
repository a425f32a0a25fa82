using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Decides in which order a cancellation reaches nested groups and scopes.</summary>
/// <remarks>
/// A chain of linked <c>CancellationTokenSource</c>s cancels itself recursively and overflows the stack when it is
/// deep; here a parent's callback only queues its child while a wave is already running on the thread.
/// An explicit cancellation starts a wave of its own: when it returns, everything below it is cancelled.
/// </remarks>
internal static class CancellationWave
{
    [ThreadStatic]
    private static Queue<ICancellable>? t_wave;

    /// <summary>Cancels the node and what is below it before it returns.</summary>
    public static void Begin(ICancellable node)
    {
        var interrupted = t_wave;
        var wave = t_wave = new Queue<ICancellable>();
        try
        {
            node.CancelNow();
            while (wave.Count > 0)
                wave.Dequeue().CancelNow();
        }
        finally
        {
            t_wave = interrupted;
        }
    }

    /// <summary>Cancels the node, whose parent is being cancelled: in the running wave, if there is one.</summary>
    public static void Continue(ICancellable node)
    {
        if (t_wave is { } wave)
            wave.Enqueue(node);
        else
            Begin(node);
    }
}
