using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Which ways out of a block are walked.</summary>
internal enum PathKinds
{
    /// <summary>Those on which nothing is thrown.</summary>
    Normal,

    /// <summary>Also those of a <c>throw</c>.</summary>
    WithThrows,

    /// <summary>Also those of a failing <c>await</c>.</summary>
    WithFailures,
}

/// <summary>Walks from a start along the paths of its function to where it is joined or lost.</summary>
/// <param name="kinds">Which ways out of a block are walked.</param>
/// <param name="resource">What must not end before the task is joined; null where nothing matters but the join.</param>
/// <remarks>
/// A <c>finally</c> is walked on the way out of its <c>try</c>, and joins what it touches. The rest of the block that
/// starts the task is a place of its own, the complement of the block's number: a loop may come to the whole again.
/// </remarks>
internal sealed class Paths(
    ControlFlowGraph graph,
    FunctionEvents events,
    ILocalSymbol local,
    PathFacts facts,
    PathKinds kinds,
    ISymbol? resource = null)
{
    /// <summary>How many blocks are walked in one function; what is left then is nobody's guess.</summary>
    public const int MaximalSteps = 400_000;

    private const int MaximalBlocks = 4_000;

    private readonly Dictionary<int, Arrival> _arrivals = [];
    private readonly List<(int From, int To)> _edges = [];
    private readonly Dictionary<ControlFlowRegion, bool> _joinsInFinally = [];
    private readonly Queue<int> _open = new();
    private readonly HashSet<int> _touching = [];
    private int? _losing;

    /// <summary>How many blocks were walked.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the function is longer than a person would write.</summary>
    public static bool AreTooLong(ControlFlowGraph graph) => graph.Blocks.Length > MaximalBlocks;

    /// <summary>Whether any path comes to a touch.</summary>
    public bool IsTouched => _touching.Count > 0;

    /// <summary>Whether a path leaves the function, or comes to another value, without joining it.</summary>
    public bool IsLost => _losing is not null || Failing is not null;

    /// <summary>The assignment that overwrites it on a path; null if none does.</summary>
    public IOperation? Overwriting { get; private set; }

    /// <summary>The first await whose failure loses it.</summary>
    public IAwaitOperation? Failing { get; private set; }

    /// <summary>Whether a path leaves the scope of the resource without having joined it.</summary>
    public bool Outlives { get; private set; }

    public void WalkFrom((int Block, int Index) start)
    {
        Walk(~start.Block, start.Index + 1);
        while (_open.Count > 0)
        {
            Walk(_open.Dequeue(), 0);
        }
    }

    /// <summary>
    /// The last condition before the loss after which one way joins it and the other does not, and whether it holds on
    /// the way that does not; null where no condition decides.
    /// </summary>
    public (IOperation Condition, bool Holds)? FindChoice()
    {
        var joining = new HashSet<int>(_touching);
        for (var grows = true; grows;)
        {
            // The walk found them in their order: backwards, one round is mostly enough.
            grows = false;
            for (var edge = _edges.Count - 1; edge >= 0; edge--)
            {
                grows |= joining.Contains(_edges[edge].To) && joining.Add(_edges[edge].From);
            }
        }

        var seen = new HashSet<int>();
        for (var current = _losing;
            current is { } place && seen.Add(place) && _arrivals.TryGetValue(place, out var arrival);
            current = arrival.From)
        {
            if (joining.Contains(arrival.From) && BlockAt(arrival.From) is { BranchValue: { } condition } chooser
                && chooser.ConditionKind != ControlFlowConditionKind.None)
            {
                return (condition, arrival.Jumps == (chooser.ConditionKind == ControlFlowConditionKind.WhenTrue));
            }
        }

        return null;
    }

    private BasicBlock BlockAt(int place) => graph.Blocks[place < 0 ? ~place : place];

    private void Walk(int place, int index)
    {
        var block = BlockAt(place);
        Steps++;
        var steps = events.Of(block);
        for (; index < steps.Length; index++)
        {
            var step = steps[index];
            var isOwn = SymbolEqualityComparer.Default.Equals(step.Local, local);
            switch (step.Step)
            {
                case LocalStep.Touched when isOwn && !facts.AreAskedBy(step.Operation):
                    _touching.Add(place);
                    return;
                case LocalStep.Assigned when isOwn:
                    Overwriting ??= step.Operation;
                    Lose(place);
                    return;
                case LocalStep.Awaited when !isOwn && kinds == PathKinds.WithFailures:
                    Fail(place, (IAwaitOperation)step.Operation);
                    break;
            }
        }

        if (block.Kind == BasicBlockKind.Exit)
        {
            Lose(place);
            return;
        }

        foreach (var way in WaysOutOf(block))
        {
            Follow(place, way);
        }
    }

    private void Lose(int place)
    {
        _losing ??= place;

        // A failure that a handler let pass: that is what lost it.
        var seen = new HashSet<int>();
        for (var current = place;
            seen.Add(current) && _arrivals.TryGetValue(current, out var arrival);
            current = arrival.From)
        {
            Failing ??= arrival.Failing;
        }
    }

    private IEnumerable<ControlFlowBranch> WaysOutOf(BasicBlock block)
    {
        var decided = block is { ConditionalSuccessor: not null, BranchValue: { } condition }
            ? facts.Decide(condition)
            : null;
        bool? jumps = decided is null ? null : decided == (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        if (block.ConditionalSuccessor is { } conditional && jumps != false)
        {
            yield return conditional;
        }

        if (block.FallThroughSuccessor is { } next && (jumps != true || block.ConditionalSuccessor is null))
        {
            yield return next;
        }
    }

    private void Follow(int place, ControlFlowBranch way)
    {
        foreach (var region in way.FinallyRegions)
        {
            if (JoinsInFinally(region))
            {
                _touching.Add(place);
                return;
            }

            if (resource is not null && Endings.Are(graph, region, resource))
            {
                Outlives = true;
                return;
            }
        }

        if (way.Destination is { } destination)
        {
            Open(destination.Ordinal, new(place, way.IsConditionalSuccessor, Failing: null));
        }
        else if (kinds != PathKinds.Normal
            && way.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow
            && !IsOfNoArm(place)
            && Throw(place, failing: null))
        {
            Lose(place);
        }
    }

    // What a 'switch' expression throws where no arm fits: nobody wrote it, and mostly nobody comes there.
    private bool IsOfNoArm(int place) => BlockAt(place).BranchValue?.WithoutConversions() is { IsImplicit: true };

    private void Open(int destination, Arrival arrival)
    {
        _edges.Add((arrival.From, destination));
        if (!_arrivals.ContainsKey(destination))
        {
            _arrivals.Add(destination, arrival);
            _open.Enqueue(destination);
        }
    }

    private void Fail(int place, IAwaitOperation awaited)
    {
        if (Throw(place, awaited))
        {
            Failing ??= awaited;
        }
    }

    /// <summary>Opens the handlers around the place.</summary>
    /// <returns>Whether the exception may leave the function, and no <c>finally</c> on its way joins.</returns>
    private bool Throw(int place, IAwaitOperation? failing)
    {
        for (var region = BlockAt(place).EnclosingRegion;
            region is { Kind: not ControlFlowRegionKind.Root };
            region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } around })
            {
                continue;
            }

            foreach (var handler in around.NestedRegions)
            {
                switch (handler.Kind)
                {
                    case ControlFlowRegionKind.Finally when JoinsInFinally(handler):
                        _touching.Add(place);
                        return false;
                    case ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler:
                        Open(handler.FirstBlockOrdinal, new(place, Jumps: false, failing));
                        if (CatchesAll(handler))
                        {
                            return false;
                        }

                        break;
                }
            }
        }

        return true;
    }

    private static bool CatchesAll(ControlFlowRegion handler) =>
        handler is
        {
            Kind: ControlFlowRegionKind.Catch,
            ExceptionType: null or { SpecialType: SpecialType.System_Object }
                or { Name: nameof(Exception), ContainingNamespace.Name: nameof(System) },
        };

    // Whether every way through the block of `finally` touches the task.
    private bool JoinsInFinally(ControlFlowRegion region)
    {
        if (!_joinsInFinally.TryGetValue(region, out var joins))
        {
            _joinsInFinally.Add(region, joins = !IsPassable(region));
        }

        return joins;
    }

    private bool IsPassable(ControlFlowRegion region)
    {
        var seen = new HashSet<int> { region.FirstBlockOrdinal };
        var open = new Queue<int>(seen);
        while (open.Count > 0)
        {
            var block = graph.Blocks[open.Dequeue()];
            Steps++;
            if (Touches(block))
            {
                continue;
            }

            foreach (var way in WaysOutOf(block))
            {
                if (way.Destination is not { } destination)
                {
                    return true;
                }

                if (seen.Add(destination.Ordinal))
                {
                    open.Enqueue(destination.Ordinal);
                }
            }
        }

        return false;
    }

    private bool Touches(BasicBlock block)
    {
        foreach (var step in events.Of(block))
        {
            if (step.Step == LocalStep.Touched
                && SymbolEqualityComparer.Default.Equals(step.Local, local)
                && !facts.AreAskedBy(step.Operation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How a place was first reached.</summary>
    /// <param name="From">The place before it.</param>
    /// <param name="Jumps">Its condition sent it here.</param>
    /// <param name="Failing">The await that failed there; null on every other way.</param>
    private readonly record struct Arrival(int From, bool Jumps, IAwaitOperation? Failing);
}
