using System;
using System.Collections.Generic;

namespace ScopedTasks;

/// <summary>Knows the event loops of the process, for tools that ask how busy they are.</summary>
internal static class LiveLoops
{
    private static readonly List<WeakReference<EventLoop>> s_loops = [];

    /// <summary>A loop was made.</summary>
    public static void Add(EventLoop loop)
    {
        lock (s_loops)
            s_loops.Add(new WeakReference<EventLoop>(loop));
    }

    /// <summary>A loop was closed.</summary>
    public static void Remove(EventLoop loop)
    {
        lock (s_loops)
            s_loops.RemoveAll(known => !known.TryGetTarget(out var live) || live == loop);
    }

    /// <summary>How many coroutines they run, and how many of them can run now.</summary>
    public static (int Tasks, int Runnable) Load()
    {
        var (tasks, runnable) = (0, 0);
        lock (s_loops)
        {
            foreach (var known in s_loops)
            {
                if (!known.TryGetTarget(out var loop))
                    continue;
                tasks += loop.LiveTaskCount;
                runnable += loop.RunnableCount;
            }
        }
        return (tasks, runnable);
    }
}
