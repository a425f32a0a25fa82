using System.Runtime.CompilerServices;

using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Finds the control-flow graph of the function that an operation stands in.</summary>
/// <remarks>One graph for each member, shared by all that ask for as long as its operations live.</remarks>
internal static class FunctionGraphs
{
    private static readonly ConditionalWeakTable<IOperation, Lazy<ControlFlowGraph?>> ByRoot = new();

    /// <summary>The graph; null where the compiler makes none: in an attribute, in broken code.</summary>
    public static ControlFlowGraph? Of(IOperation operation, CancellationToken cancellationToken)
    {
        var functions = new Stack<IOperation>();
        var root = operation;
        while (root.Parent is { } parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                functions.Push(parent);
            }

            root = parent;
        }

        var graph = ByRoot.GetValue(root, static key => new(() => Create(key))).Value;
        while (graph is not null && functions.Count > 0)
        {
            graph = functions.Pop() switch
            {
                ILocalFunctionOperation local when graph.LocalFunctions.Contains(local.Symbol) =>
                    graph.GetLocalFunctionControlFlowGraph(local.Symbol, cancellationToken),
                IAnonymousFunctionOperation lambda when Find(graph, lambda) is { } found =>
                    graph.GetAnonymousFunctionControlFlowGraph(found, cancellationToken),
                _ => null,
            };
        }

        return graph;
    }

    private static ControlFlowGraph? Create(IOperation root) => root switch
    {
        IBlockOperation block => ControlFlowGraph.Create(block),
        IMethodBodyOperation body => ControlFlowGraph.Create(body),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body),
        IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        _ => null,
    };

    private static IFlowAnonymousFunctionOperation? Find(ControlFlowGraph graph, IAnonymousFunctionOperation lambda)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (FindIn(operation, lambda) is { } found)
                {
                    return found;
                }
            }

            if (block.BranchValue is { } value && FindIn(value, lambda) is { } inBranch)
            {
                return inBranch;
            }
        }

        return null;
    }

    private static IFlowAnonymousFunctionOperation? FindIn(IOperation operation, IAnonymousFunctionOperation lambda)
    {
        if (!operation.Syntax.Span.Contains(lambda.Syntax.Span))
        {
            return null;
        }

        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IFlowAnonymousFunctionOperation candidate
                && SymbolEqualityComparer.Default.Equals(candidate.Symbol, lambda.Symbol))
            {
                return candidate;
            }
        }

        return null;
    }
}
