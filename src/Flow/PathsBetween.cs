using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides over the control flow graph whether a normal path leads from one place to another.</summary>
internal static class PathsBetween
{
    /// <summary>The first place that a path comes to from the start, with no stop on the way; null if none.</summary>
    /// <param name="graph">The function's.</param>
    /// <param name="start">Where the paths begin: the operation that stands there, as its graph has it.</param>
    /// <param name="isStop">What ends a path.</param>
    /// <param name="isGoal">What it is to come to; the start itself, where a loop brings it back.</param>
    public static IOperation? Find(
        ControlFlowGraph graph,
        Func<IOperation, bool> start,
        Func<IOperation, bool> isStop,
        Func<IOperation, bool> isGoal)
    {
        foreach (var block in graph.Blocks)
        {
            var hasStarted = false;
            foreach (var operation in FunctionGraphs.OperationsOf(block))
            {
                if (!hasStarted)
                {
                    hasStarted = start(operation);
                }
                else if (isStop(operation))
                {
                    return null;
                }
                else if (isGoal(operation))
                {
                    return operation;
                }
            }

            if (hasStarted)
            {
                return FindAfter(block, isStop, isGoal);
            }
        }

        return null;
    }

    private static IOperation? FindAfter(BasicBlock first, Func<IOperation, bool> isStop, Func<IOperation, bool> isGoal)
    {
        var seen = new HashSet<BasicBlock>();
        var open = new Queue<BasicBlock>();
        Open(first);
        while (open.Count > 0)
        {
            var block = open.Dequeue();
            var isStopped = false;
            foreach (var operation in FunctionGraphs.OperationsOf(block))
            {
                if (isGoal(operation))
                {
                    return operation;
                }

                if (isStopped = isStop(operation))
                {
                    break;
                }
            }

            if (!isStopped)
            {
                Open(block);
            }
        }

        return null;

        void Open(BasicBlock block)
        {
            Add(block.FallThroughSuccessor?.Destination);
            Add(block.ConditionalSuccessor?.Destination);
        }

        void Add(BasicBlock? next)
        {
            if (next is not null && seen.Add(next))
            {
                open.Enqueue(next);
            }
        }
    }
}
