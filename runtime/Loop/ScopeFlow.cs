using System.Threading;

namespace ScopedTasks;

/// <summary>Knows the innermost scope of the code that runs: it flows with the execution context.</summary>
internal static class ScopeFlow
{
    private static readonly AsyncLocal<ScopeNode?> s_innermost = new();

    /// <summary>The innermost scope, of whatever loop.</summary>
    public static ScopeNode? Innermost
    {
        get => s_innermost.Value;
        set => s_innermost.Value = value;
    }

    /// <summary>The flow of this code, as it is in another scope.</summary>
    public static ExecutionContext? CaptureIn(ScopeNode? node)
    {
        var context = ExecutionContext.Capture();
        if (context is null || s_innermost.Value == node)
            return context;
        s_innermost.Value = node;
        var inside = ExecutionContext.Capture();
        ExecutionContext.Restore(context);
        return inside;
    }
}
