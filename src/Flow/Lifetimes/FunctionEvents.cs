using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Lists, block by block, what a function does with its locals that hold tasks, or a group of them.</summary>
internal sealed class FunctionEvents
{
    private static readonly ImmutableArray<LocalEvent> None = ImmutableArray<LocalEvent>.Empty;

    private readonly ILocalSteps _steps;
    private readonly Dictionary<ILocalSymbol, bool> _tracked = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ILocalSymbol> _touched = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, List<(int Block, int Index)>> _places =
        new(SymbolEqualityComparer.Default);
    private readonly Stack<(IOperation Operation, bool IsDone)> _open = new();
    private readonly ImmutableArray<LocalEvent>[] _blocks;

    public FunctionEvents(ControlFlowGraph graph, ILocalSteps steps)
    {
        _steps = steps;
        _blocks = new ImmutableArray<LocalEvent>[graph.Blocks.Length];
        var events = ImmutableArray.CreateBuilder<LocalEvent>();
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations)
            {
                Add(operation, events);
            }

            if (block.BranchValue is { } value)
            {
                Add(value, events);
            }

            AddPlaces(block.Ordinal, events);
            _blocks[block.Ordinal] = events.Count == 0 ? None : events.ToImmutable();
            events.Clear();
        }
    }

    public ImmutableArray<LocalEvent> Of(BasicBlock block) => _blocks[block.Ordinal];

    /// <summary>Whether the local is one that holds tasks.</summary>
    public bool IsTracked(ILocalSymbol local) => _tracked.TryGetValue(local, out var tracked) && tracked;

    /// <summary>Whether anything in the function may join what the local holds.</summary>
    public bool AreTouching(ILocalSymbol local) => _touched.Contains(local);

    /// <summary>
    /// Where the local takes up a start: the assignment or the call of <c>Add</c> that holds its syntax.
    /// </summary>
    public (int Block, int Index)? Find(ILocalSymbol holder, SyntaxNode start)
    {
        if (_places.TryGetValue(holder, out var places))
        {
            foreach (var place in places)
            {
                if (_blocks[place.Block][place.Index].Operation.Syntax.Span.Contains(start.Span))
                {
                    return place;
                }
            }
        }

        return null;
    }

    /// <summary>Where the function does that with the local.</summary>
    public IEnumerable<(int Block, int Index)> PlacesOf(ILocalSymbol holder, LocalStep step)
    {
        for (var block = 0; block < _blocks.Length; block++)
        {
            for (var index = 0; index < _blocks[block].Length; index++)
            {
                var found = _blocks[block][index];
                if (found.Step == step && SymbolEqualityComparer.Default.Equals(found.Local, holder))
                {
                    yield return (block, index);
                }
            }
        }
    }

    /// <summary>Where the syntax touches the local: in a call, for instance.</summary>
    public (int Block, int Index)? FindTouch(ILocalSymbol holder, SyntaxNode within)
    {
        foreach (var place in PlacesOf(holder, LocalStep.Touched))
        {
            if (within.Span.Contains(_blocks[place.Block][place.Index].Operation.Syntax.Span))
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>The local whose task the await waits for; null for any other.</summary>
    public static ILocalSymbol? LocalAwaitedBy(IAwaitOperation awaited) =>
        awaited.Operation.WithoutConfiguration() is ILocalReferenceOperation reference ? reference.Local : null;

    private void AddPlaces(int block, ImmutableArray<LocalEvent>.Builder events)
    {
        for (var index = 0; index < events.Count; index++)
        {
            if (events[index] is { Step: LocalStep.Assigned or LocalStep.Added, Local: { } local })
            {
                if (!_places.TryGetValue(local, out var places))
                {
                    _places.Add(local, places = []);
                }

                places.Add((block, index));
            }
        }
    }

    // In the order of execution, operands first, and on a stack of our own: expressions may be deep.
    private void Add(IOperation operation, ImmutableArray<LocalEvent>.Builder events)
    {
        _open.Push((operation, false));
        while (_open.Count > 0)
        {
            var (current, isDone) = _open.Pop();
            if (isDone)
            {
                AddDone(current, events);
                continue;
            }

            _open.Push((current, true));
            var children = current.ChildOperations.ToImmutableArray();
            for (var index = children.Length - 1; index >= 0; index--)
            {
                _open.Push((children[index], false));
            }
        }
    }

    private void AddDone(IOperation operation, ImmutableArray<LocalEvent>.Builder events)
    {
        switch (operation)
        {
            case IAwaitOperation awaited when MayFail(awaited):
                events.Add(new(LocalStep.Awaited, LocalAwaitedBy(awaited), awaited));
                break;

            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } }
                when Tracks(local):
                events.Add(new(LocalStep.Assigned, local, operation));
                break;

            case ILocalReferenceOperation { Local: var local } reference
                when Tracks(local) && _steps.Of(reference) is { } step:
                events.Add(new(step, local, EndOf(step, reference)));
                if (step == LocalStep.Touched)
                {
                    _touched.Add(local);
                }

                break;
        }
    }

    private bool Tracks(ILocalSymbol local)
    {
        if (!_tracked.TryGetValue(local, out var tracked))
        {
            _tracked.Add(local, tracked = !local.IsRef && _steps.Track(local.Type));
        }

        return tracked;
    }

    // Without a token, a mere pause or wait for the end does not fail.
    private static bool MayFail(IAwaitOperation awaited) =>
        awaited.Operation.WithoutConfiguration() is not IInvocationOperation { TargetMethod: { } method } call
        || (method.Name, method.ContainingType.Name)
            is not (("Delay" or "Yield", "Task") or ("WaitForExitAsync", "Process"))
        || call.Arguments.Any(argument =>
            argument is { ArgumentKind: ArgumentKind.Explicit, Value.Type.Name: "CancellationToken" });

    private static IOperation EndOf(LocalStep step, ILocalReferenceOperation reference)
    {
        IOperation current = reference;
        while (step is LocalStep.Added or LocalStep.Assigned
            && current is not (IInvocationOperation or ISimpleAssignmentOperation)
            && current.Parent is { } parent)
        {
            current = parent;
        }

        return current;
    }
}
