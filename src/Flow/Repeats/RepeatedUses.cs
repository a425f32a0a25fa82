using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Repeats;

/// <summary>Decides whether what a variable holds is used up twice on one path.</summary>
/// <remarks>Where both uses have conditions of their own, these may exclude each other: it does not guess.</remarks>
internal static class RepeatedUses
{
    // Each is walked from: what is used more often than anybody reads is nobody's guess.
    private const int MostUses = 64;

    /// <summary>The first use that another one, or the same in a loop, comes after; null if none does.</summary>
    /// <param name="variable">A local or parameter.</param>
    /// <param name="scope">What declares it, or any other operation of the function that does.</param>
    /// <param name="uses">Whether a mention of it uses up what it holds.</param>
    public static RepeatedUse? Of(ISymbol variable, IOperation scope, Func<IOperation, bool> uses)
    {
        var function = EnclosingFunction.Of(scope, containingSymbol: null).Root;
        var found = new List<IOperation>();
        foreach (var operation in EnclosingMember.RootOf(scope).Descendants())
        {
            if (!IsOf(operation, variable) || operation.Parent is INameOfOperation)
            {
                continue;
            }

            var around = EnclosingFunction.Of(operation, containingSymbol: null).Root;
            if (around != function)
            {
                // Who captures it may run at any time, or as often as there are elements.
                return uses(operation) && RunsRepeatedly(around) ? new(operation, operation) : null;
            }

            if (IsGivenByReference(operation))
            {
                return null;
            }

            if (uses(operation))
            {
                found.Add(operation);
            }
        }

        return found.Count is > 0 and <= MostUses ? Of(variable, found) : null;
    }

    private static RepeatedUse? Of(ISymbol variable, List<IOperation> uses)
    {
        if (FunctionGraphs.Around(uses[0]) is not { } graph)
        {
            return null;
        }

        foreach (var first in uses.Where(use => !IsGivenUp(use, variable)))
        {
            var seconds = uses.Where(second => MayBothRun(first.Syntax, second.Syntax))
                .ToDictionary(use => use.Syntax);
            if (seconds.Count > 0
                && new PathsBetween(
                    graph,
                    isStop: operation => operation is ISimpleAssignmentOperation assignment
                        && IsOf(assignment.Target, variable),
                    isGoal: operation => IsOf(operation, variable) && seconds.ContainsKey(operation.Syntax))
                    .FindFrom(operation => IsOf(operation, variable) && operation.Syntax == first.Syntax)
                    is { } second)
            {
                return new(first, seconds[second.Syntax]);
            }

            if (uses.Find(second => IsInHandlerOf(first.Syntax, second.Syntax, variable)) is { } handling)
            {
                return new(first, handling);
            }
        }

        return null;
    }

    /// <summary>Whether the second use stands where a failure of the first one leads, or its <c>finally</c>.</summary>
    private static bool IsInHandlerOf(SyntaxNode first, SyntaxNode second, ISymbol variable)
    {
        var child = second;
        for (; child.Parent is not (null or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax);
            child = child.Parent)
        {
            if (child is CatchClauseSyntax or FinallyClauseSyntax
                && child.Parent is TryStatementSyntax @try
                && @try.Block.Span.Contains(first.Span))
            {
                return Conditions.AreNone(second, child) && !IsAssignedIn(child, variable);
            }
        }

        return false;
    }

    private static bool IsAssignedIn(SyntaxNode clause, ISymbol variable)
    {
        foreach (var node in clause.DescendantNodes())
        {
            if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name } }
                && name == variable.Name)
            {
                return true;
            }
        }

        return false;
    }

    // `tasks = tasks.ToList();`
    private static bool IsGivenUp(IOperation use, ISymbol variable)
    {
        for (var current = use.Parent; current is not null; current = current.Parent)
        {
            if (current is ISimpleAssignmentOperation assignment && IsOf(assignment.Target, variable))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayBothRun(SyntaxNode first, SyntaxNode second)
    {
        if (first == second)
        {
            return LoopBodyAround(first) is { } body && Conditions.AreNone(first, body);
        }

        var common = first.Ancestors().First(node => node.Span.Contains(second.Span));
        return Conditions.AreNone(first, common) || Conditions.AreNone(second, common);
    }

    private static SyntaxNode? LoopBodyAround(SyntaxNode node)
    {
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                    return parent;
                case AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    // A selector, a predicate, the body of a loop that is a call; or a local that keeps it is called twice.
    private static bool RunsRepeatedly(IOperation function) =>
        function is IAnonymousFunctionOperation { Parent: IDelegateCreationOperation made }
        && made.Parent switch
        {
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } =>
                method.ContainingType is { Name: "Enumerable" or "ParallelEnumerable" or "Parallel" }
                || method.Name is "ForEach" or "ForEachAsync",
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation kept } =>
                Of(kept.Symbol, kept, IsCalled) is not null,
            _ => false,
        };

    private static bool IsCalled(IOperation mention) =>
        mention.Parent is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call
        && call.Instance == mention;

    private static bool IsGivenByReference(IOperation operation) =>
        operation.Parent is IArgumentOperation { Parameter.RefKind: not (RefKind.None or RefKind.In) };

    private static bool IsOf(IOperation operation, ISymbol variable) => operation switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter =>
            SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };
}
