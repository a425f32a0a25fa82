using System.Runtime.CompilerServices;

using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides what becomes, on every path of its function, of a task that a local holds.</summary>
/// <remarks>
/// What a lambda or local function captures is nobody's guess, and neither is what goes on under another name: there
/// it stays silent. So it does in a function that is longer than a person would write.
/// </remarks>
internal sealed class TaskLifetimes(Awaitables awaitables)
{
    private readonly TaskSteps _steps = new(awaitables);
    private readonly ConditionalWeakTable<ControlFlowGraph, Function> _functions = new();

    public Lifetime Of(IOperation start, ILocalSymbol holder, CancellationToken cancellationToken) =>
        FunctionOf(start, holder, cancellationToken)?.LifetimeOf(start, holder) ?? Lifetime.Handled;

    /// <summary>Whether a path leaves the scope of the resource before the task is joined.</summary>
    public bool Outlives(
        IOperation start, ILocalSymbol holder, ISymbol resource, CancellationToken cancellationToken) =>
        FunctionOf(start, holder, cancellationToken)?.Outlives(start, holder, resource) is true;

    /// <summary>Whether nobody waits for a task on a path on which it has lost the race.</summary>
    public bool IsLeftBehind(
        IOperation race, ILocalSymbol holder, ILocalSymbol? winner, CancellationToken cancellationToken) =>
        FunctionOf(race, holder, cancellationToken)?.IsLeftBehind(race, holder, winner) is true;

    private Function? FunctionOf(IOperation start, ILocalSymbol holder, CancellationToken cancellationToken)
    {
        if (CapturedLocals.Contain(holder, start)
            || FunctionGraphs.Around(start) is not { } graph
            || Paths.AreTooLong(graph))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return _functions.GetValue(graph, graph => new(graph, new(graph, _steps)));
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
            if (Walk(place, holder, facts, PathKinds.WithThrows) is not { } paths)
            {
                return Lifetime.Handled;
            }

            if (paths.Overwriting is { } other && !other.Syntax.Span.Contains(start.Syntax.Span))
            {
                return new(LifetimeEnd.Overwritten, other);
            }

            if (paths.IsLost)
            {
                // Whoever waits in a loop knows that it comes around: `while (tries < 3) { try { await task; } .. }`.
                return paths.FindChoice() is { } choice && !PathWording.IsOfLoop(choice.Condition.Syntax)
                    ? new(LifetimeEnd.LostOnPath, choice.Condition, choice.Holds)
                    : Lifetime.Handled;
            }

            return Walk(place, holder, facts, PathKinds.WithFailures)?.Failing is { } failing
                ? new(LifetimeEnd.LostOnFailure, failing, Sibling: FunctionEvents.LocalAwaitedBy(failing))
                : Lifetime.Handled;
        }

        public bool Outlives(IOperation start, ILocalSymbol holder, ISymbol resource) =>
            events.IsTracked(holder)
            && events.Find(holder, start.Syntax) is { } place
            && Walk(place, holder, PathFacts.At(start, holder), PathKinds.WithThrows, resource)?.Outlives is true;

        public bool IsLeftBehind(IOperation race, ILocalSymbol holder, ILocalSymbol? winner) =>
            events.IsTracked(holder)
            && events.FindTouch(holder, race.Syntax) is { } place
            && Walk(place, holder, PathFacts.AfterLosing(holder, winner), PathKinds.WithThrows)?.IsLost is true;

        private Paths? Walk(
            (int Block, int Index) place,
            ILocalSymbol holder,
            PathFacts facts,
            PathKinds kinds,
            ISymbol? resource = null)
        {
            if (Volatile.Read(ref _steps) > Paths.MaximalSteps)
            {
                return null;
            }

            var paths = new Paths(graph, events, holder, facts, kinds, resource);
            paths.WalkFrom(place);
            Interlocked.Add(ref _steps, paths.Steps);
            return paths;
        }
    }
}
