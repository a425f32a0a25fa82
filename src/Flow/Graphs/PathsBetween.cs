using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Flow.Lifetimes;

namespace ScopedTasks.Analyzers.Flow.Graphs;

/// <summary>Decides over the control flow graph whether a normal path leads from one place to another.</summary>
/// <param name="graph">The function's.</param>
/// <param name="isStop">What ends a path.</param>
/// <param name="isGoal">What it is to come to; the start itself, where a loop brings it back.</param>
/// <remarks>
/// It answers yes or no, whatever the conditions on the way: who needs to know which of them decides, or what a failure
/// does, asks <see cref="Paths"/>. A <c>finally</c> is on every way out of its <c>try</c>. In a function that is longer
/// than a person would write, nothing is found.
/// </remarks>
internal sealed class PathsBetween(
    ControlFlowGraph graph, Func<IOperation, bool> isStop, Func<IOperation, bool> isGoal)
{
    /// <summary>The first place that a path comes to from the start, with no stop on the way; null if none.</summary>
    /// <param name="start">Where the paths begin: the operation that stands there, as its graph has it.</param>
    /// <param name="own">The node, the start's statement for one, that is left before a path comes to anything.</param>
    public IOperation? FindFrom(Func<IOperation, bool> start, SyntaxNode? own = null)
    {
        if (Paths.AreTooLong(graph))
        {
            return null;
        }

        foreach (var block in graph.Blocks)
        {
            if (RestAfter(start, block, own) is { } rest)
            {
                return Ends(rest, out var goal) ? goal : FindAfter(block);
            }
        }

        return null;
    }

    private static List<IOperation>? RestAfter(Func<IOperation, bool> start, BasicBlock block, SyntaxNode? own)
    {
        List<IOperation>? rest = null;
        foreach (var operation in FunctionGraphs.OperationsOf(block))
        {
            if (rest is null)
            {
                rest = start(operation) ? [] : null;
            }
            else if (own?.Span.Contains(operation.Syntax.Span) is not true)
            {
                rest.Add(operation);
            }
        }

        return rest;
    }

    private IOperation? FindAfter(BasicBlock first)
    {
        var seen = new HashSet<BasicBlock>();
        var open = new Queue<BasicBlock>();
        var goal = Leave(first);
        while (goal is null && open.Count > 0)
        {
            var block = open.Dequeue();
            if (!Ends(FunctionGraphs.OperationsOf(block), out goal))
            {
                goal = Leave(block);
            }
        }

        return goal;

        IOperation? Leave(BasicBlock block) => Follow(block.FallThroughSuccessor) ?? Follow(block.ConditionalSuccessor);

        IOperation? Follow(ControlFlowBranch? way)
        {
            foreach (var region in way?.FinallyRegions ?? ImmutableArray<ControlFlowRegion>.Empty)
            {
                if (Ends(OperationsOf(region), out var passed))
                {
                    return passed;
                }
            }

            if (way?.Destination is { } next && seen.Add(next))
            {
                open.Enqueue(next);
            }

            return null;
        }
    }

    private IEnumerable<IOperation> OperationsOf(ControlFlowRegion region)
    {
        for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            foreach (var operation in FunctionGraphs.OperationsOf(graph.Blocks[ordinal]))
            {
                yield return operation;
            }
        }
    }

    /// <summary>Whether a path ends with one of the operations: at a stop, or at a goal.</summary>
    private bool Ends(IEnumerable<IOperation> operations, out IOperation? goal)
    {
        goal = null;
        foreach (var operation in operations)
        {
            if (isStop(operation))
            {
                return true;
            }

            if (isGoal(operation))
            {
                goal = operation;
                return true;
            }
        }

        return false;
    }
}
