using System.Runtime.CompilerServices;

using Microsoft.CodeAnalysis.FlowAnalysis;

namespace ScopedTasks.Analyzers.Flow.Graphs;

/// <summary>Finds the control flow graph of a function, of one within another too.</summary>
/// <remarks>One graph for each member, shared by all that ask for as long as its operations live.</remarks>
internal static class FunctionGraphs
{
    private static readonly ConditionalWeakTable<IOperation, Lazy<ControlFlowGraph?>> ByRoot = new();

    private static readonly
        ConditionalWeakTable<ControlFlowGraph, Lazy<Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>>>
        LambdasByGraph = new();

    /// <summary>The graph that the operation belongs to; null where there is none, as in an initializer.</summary>
    public static ControlFlowGraph? Around(IOperation operation)
    {
        var functions = new Stack<IOperation>();
        var root = operation;
        while (root.Parent is { } parent)
        {
            root = parent;
            if (root is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                functions.Push(root);
            }
        }

        var graph = ByRoot.GetValue(root, static key => new(() => Create(key))).Value;
        while (graph is not null && functions.Count > 0)
        {
            graph = functions.Pop() switch
            {
                ILocalFunctionOperation local => LocalFunctionIn(graph, local.Symbol),
                var lambda => LambdaIn(graph, lambda.Syntax),
            };
        }

        return graph;
    }

    /// <summary>Everything that a block does, in no order but that of its statements.</summary>
    public static IEnumerable<IOperation> OperationsOf(BasicBlock block)
    {
        foreach (var operation in block.Operations)
        {
            foreach (var inner in operation.DescendantsAndSelf())
            {
                yield return inner;
            }
        }

        if (block.BranchValue is { } value)
        {
            foreach (var inner in value.DescendantsAndSelf())
            {
                yield return inner;
            }
        }
    }

    private static ControlFlowGraph? Create(IOperation root) => root switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor),
        IBlockOperation block => ControlFlowGraph.Create(block),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property),
        _ => null,
    };

    private static ControlFlowGraph? LocalFunctionIn(ControlFlowGraph graph, IMethodSymbol function)
    {
        foreach (var declared in graph.LocalFunctions)
        {
            if (SymbolEqualityComparer.Default.Equals(declared, function))
            {
                return graph.GetLocalFunctionControlFlowGraph(declared);
            }
        }

        return null;
    }

    private static ControlFlowGraph? LambdaIn(ControlFlowGraph graph, SyntaxNode lambda) =>
        LambdasByGraph.GetValue(graph, static graph => new(() => LambdasOf(graph))).Value
            .TryGetValue(lambda, out var function)
            ? graph.GetAnonymousFunctionControlFlowGraph(function)
            : null;

    private static Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation> LambdasOf(ControlFlowGraph graph)
    {
        var lambdas = new Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation>();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in OperationsOf(block))
            {
                if (operation is IFlowAnonymousFunctionOperation function && !lambdas.ContainsKey(function.Syntax))
                {
                    lambdas.Add(function.Syntax, function);
                }
            }
        }

        return lambdas;
    }
}
