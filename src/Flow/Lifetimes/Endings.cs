using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides whether a <c>finally</c>, one that a <c>using</c> stands for too, ends a resource.</summary>
internal static class Endings
{
    public static bool Are(ControlFlowGraph graph, ControlFlowRegion region, ISymbol resource)
    {
        for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            foreach (var operation in FunctionGraphs.OperationsOf(graph.Blocks[ordinal]))
            {
                if (operation is IInvocationOperation call
                    && EndedBy(call)?.WithoutConversions() is { } ended
                    && IsOf(Captured(graph, region, ended), resource))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IOperation? EndedBy(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Dispose" or "DisposeAsync" => call.Instance,
        "Return" when !call.Arguments.IsEmpty => call.Arguments[0].Value,
        _ => null,
    };

    // `file?.Dispose()` keeps what it asks for null.
    private static IOperation Captured(ControlFlowGraph graph, ControlFlowRegion region, IOperation ended)
    {
        if (ended is not IFlowCaptureReferenceOperation reference)
        {
            return ended;
        }

        for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            foreach (var operation in graph.Blocks[ordinal].Operations)
            {
                if (operation is IFlowCaptureOperation capture && capture.Id.Equals(reference.Id))
                {
                    return capture.Value;
                }
            }
        }

        return ended;
    }

    private static bool IsOf(IOperation ended, ISymbol resource) =>
        SymbolEqualityComparer.Default.Equals(TaskOrigins.SymbolOf(ended.WithoutConversions()), resource);
}
