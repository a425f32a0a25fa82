using System;
using System.Threading;

namespace ScopedTasks;

/// <summary>Knows what runs on the thread that asks.</summary>
/// <remarks>
/// It all lies in one type: where one is found the others are, and each step of a coroutine needs them.
/// </remarks>
internal static class OnThisThread
{
    /// <summary>The loop that runs; null when none does.</summary>
    [ThreadStatic]
    public static EventLoop? Loop;

    /// <summary>Whose code runs; null when it is no coroutine's.</summary>
    [ThreadStatic]
    public static Waiter? Code;

    // The flow of the code that runs; null when it may have changed since somebody looked.
    [ThreadStatic]
    private static ExecutionContext? t_flow;

    /// <summary>What <see cref="Capture"/> has just found.</summary>
    public static ExecutionContext? Captured => t_flow;

    /// <summary>Goes on in a flow.</summary>
    public static void Enter(ExecutionContext? flow)
    {
        if (flow is null || flow == t_flow)
            return;
        if (flow != ExecutionContext.Capture())
            ExecutionContext.Restore(flow);
        t_flow = flow;
    }

    /// <summary>The flow of the code that runs, known until the next code does; null when it is suppressed.</summary>
    public static ExecutionContext? Capture()
    {
        var flow = ExecutionContext.Capture();
        if (t_flow != flow)
            t_flow = flow;
        return flow;
    }

    /// <summary>Says that code runs, or ran, which may have changed the flow.</summary>
    public static void ForgetFlow() => t_flow = null;
}
