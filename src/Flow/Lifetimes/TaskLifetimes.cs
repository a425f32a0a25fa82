using System.Runtime.CompilerServices;

using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides what becomes, on every path of its function, of a task that a local holds.</summary>
/// <remarks>
/// What a lambda or local function captures is nobody's guess, and neither is what goes on under another name: there
/// it stays silent. So it does in a function that is longer than a person would write.
/// </remarks>
internal sealed class TaskLifetimes(Awaitables awaitables)
{
    private const int MaximalBlocks = 4_000;
    private const int MaximalSteps = 400_000;

    private readonly ConditionalWeakTable<ControlFlowGraph, Function> _functions = new();

    public Lifetime Of(IOperation start, ILocalSymbol holder, CancellationToken cancellationToken)
    {
        if (CapturedLocals.Of(start).Contains(holder)
            || FunctionGraphs.Around(start) is not { } graph
            || graph.Blocks.Length > MaximalBlocks)
        {
            return Lifetime.Handled;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _functions.GetValue(graph, graph => new(graph, new(graph, awaitables))).LifetimeOf(start, holder);
    }

    /// <summary>One function, and how much of it was walked so far for all of its tasks.</summary>
    private sealed class Function(ControlFlowGraph graph, FunctionEvents events)
    {
        private int _steps;

        public Lifetime LifetimeOf(IOperation start, ILocalSymbol holder)
        {
            if (!events.IsTracked(holder) || events.Find(holder, start.Syntax) is not { } place)
            {
                return Lifetime.Handled;
            }

            if (!events.AreTouching(holder))
            {
                return new(LifetimeEnd.NeverJoined);
            }

            var facts = PathFacts.At(start, holder);
            if (Walk(place, holder, facts, withFailures: false) is not { } paths)
            {
                return Lifetime.Handled;
            }

            if (paths.Overwriting is { } other && !other.Syntax.Span.Contains(start.Syntax.Span))
            {
                return new(LifetimeEnd.Overwritten, other);
            }

            if (paths.IsLost)
            {
                return paths.FindChoice() is { } choice && !IsOfLoop(choice.Condition.Syntax)
                    ? new(LifetimeEnd.LostOnPath, choice.Condition, choice.Holds)
                    : Lifetime.Handled;
            }

            return Walk(place, holder, facts, withFailures: true)?.Failing is { } failing
                ? new(LifetimeEnd.LostOnFailure, failing, Sibling: FunctionEvents.LocalAwaitedBy(failing))
                : Lifetime.Handled;
        }

        private Paths? Walk((int Block, int Index) place, ILocalSymbol holder, PathFacts facts, bool withFailures)
        {
            if (Volatile.Read(ref _steps) > MaximalSteps)
            {
                return null;
            }

            var paths = new Paths(graph, events, holder, facts, withFailures);
            paths.WalkFrom(place);
            Interlocked.Add(ref _steps, paths.Steps);
            return paths;
        }

        // Whoever waits in a loop knows that it comes around: `while (tries < 3) { try { await task; .. } .. }`.
        private static bool IsOfLoop(SyntaxNode condition)
        {
            var current = condition;
            while (current.Parent is ExpressionSyntax parent)
            {
                current = parent;
            }

            return current is CommonForEachStatementSyntax
                || current.Parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                    or CommonForEachStatementSyntax;
        }
    }
}
