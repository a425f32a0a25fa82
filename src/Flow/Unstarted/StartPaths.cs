using ScopedTasks.Analyzers.Flow.Graphs;

namespace ScopedTasks.Analyzers.Flow.Unstarted;

/// <summary>Decides over the control flow graph whether a task that was made reaches a wait before any start.</summary>
internal static class StartPaths
{
    /// <summary>
    /// Whether there is such a path. A wait under a condition of its own counts on that condition: it says nothing.
    /// </summary>
    public static bool ReachUnstarted(
        IObjectCreationOperation creation, ICollection<SyntaxNode> starts, IEnumerable<SyntaxNode> waits)
    {
        var certain = new HashSet<SyntaxNode>(waits.Where(wait => IsUnconditional(wait, creation.Syntax)));
        return certain.Count > 0
            && FunctionGraphs.Around(creation) is { } graph
            && new PathsBetween(
                graph,
                isStop: operation => operation.Syntax == creation.Syntax || starts.Contains(operation.Syntax),
                isGoal: operation => certain.Contains(operation.Syntax))
                .FindFrom(operation => operation.Syntax == creation.Syntax, own: creation.Syntax) is not null;
    }

    private static bool IsUnconditional(SyntaxNode wait, SyntaxNode creation) =>
        Conditions.AreNone(wait, wait.Ancestors().First(node => node.Span.Contains(creation.Span)));
}
