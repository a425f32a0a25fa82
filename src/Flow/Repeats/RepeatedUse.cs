namespace ScopedTasks.Analyzers.Flow.Repeats;

/// <summary>Two uses on one path of what may be used once.</summary>
/// <param name="First">The earlier mention of the variable.</param>
/// <param name="Second">The later one; the same where a loop comes back to it.</param>
internal sealed record RepeatedUse(IOperation First, IOperation Second)
{
    /// <summary>Whether it is one place that runs again.</summary>
    public bool IsOnePlace => First == Second;
}
