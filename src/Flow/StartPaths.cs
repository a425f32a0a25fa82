using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ScopedTasks.Analyzers.Flow;

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
        if (certain.Count == 0 || FunctionGraphs.Around(creation) is not { } graph)
        {
            return false;
        }

        foreach (var block in graph.Blocks)
        {
            if (Contains(block, creation.Syntax))
            {
                return Reaches(block, creation.Syntax, starts, certain);
            }
        }

        return false;
    }

    private static bool Reaches(
        BasicBlock first, SyntaxNode creation, ICollection<SyntaxNode> starts, HashSet<SyntaxNode> waits)
    {
        var seen = new HashSet<BasicBlock>();
        var open = new Stack<BasicBlock>();
        var isMade = false;
        for (var block = first; ;)
        {
            var isStopped = false;
            foreach (var operation in FunctionGraphs.OperationsOf(block))
            {
                if (operation.Syntax == creation)
                {
                    isMade = true;
                }
                else if (!isMade)
                {
                    continue;
                }
                else if (starts.Contains(operation.Syntax))
                {
                    isStopped = true;
                    break;
                }
                else if (waits.Contains(operation.Syntax))
                {
                    return true;
                }
            }

            if (!isStopped)
            {
                Push(block.FallThroughSuccessor);
                Push(block.ConditionalSuccessor);
            }

            if (open.Count == 0)
            {
                return false;
            }

            block = open.Pop();
        }

        void Push(ControlFlowBranch? branch)
        {
            if (branch?.Destination is { } next && next != first && seen.Add(next))
            {
                open.Push(next);
            }
        }
    }

    private static bool Contains(BasicBlock block, SyntaxNode syntax)
    {
        foreach (var operation in FunctionGraphs.OperationsOf(block))
        {
            if (operation.Syntax == syntax)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnconditional(SyntaxNode wait, SyntaxNode creation)
    {
        for (var node = wait.Parent; node is not null && !node.Span.Contains(creation.Span); node = node.Parent)
        {
            if (node is IfStatementSyntax or ElseClauseSyntax or SwitchStatementSyntax or SwitchExpressionSyntax
                or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or WhileStatementSyntax
                or ForStatementSyntax or CommonForEachStatementSyntax or CatchClauseSyntax)
            {
                return false;
            }
        }

        return true;
    }
}
