using System.Runtime.CompilerServices;

using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.TaskGroups;

/// <summary>
/// Decides whether a group that a local holds is completed on every normal path, and disposed on every other.
/// </summary>
/// <remarks>A group that is handed to somebody who may end it is theirs. One without children needs no end.</remarks>
internal sealed class GroupEnds
{
    private static readonly ConditionalWeakTable<Compilation, GroupEnds> ByCompilation = new();

    private readonly ConditionalWeakTable<ControlFlowGraph, FunctionEvents> _events = new();
    private readonly KnownTypes _types;
    private readonly GroupSteps? _steps;
    private readonly Silence _silence;

    private GroupEnds(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        _steps = _types.TaskGroup is { } group ? new(group) : null;
        _silence = new(_types, ObservingApis.Of(_types));
    }

    public static GroupEnds Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new GroupEnds(compilation));

    /// <summary>What is wrong with the group that a call opens; null if nothing, or if it opens none.</summary>
    public Finding? Of(IOperation operation, CancellationToken cancellationToken)
    {
        if (operation is not IInvocationOperation { TargetMethod: { Name: "Open", IsStatic: true } method } open
            || _steps is not { } steps
            || !method.ContainingType.Is(_types.TaskGroup)
            || HolderOf(open) is not { } holder
            || _silence.Covers(open))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var mentions = GroupMentions.Of(holder, open, steps);
        if (mentions.AreHandedOn
            || mentions.AreSeveral
            || FunctionGraphs.Around(open) is not { } graph
            || Paths.AreTooLong(graph))
        {
            return null;
        }

        var events = EventsOf(graph, steps);
        var why = WhyIncomplete(graph, events, open, holder, mentions)
            ?? (mentions.AreDisposed || !mentions.AreAdding
                ? null
                : "is not disposed where an exception leaves, and its children run on; open it with 'await using'");
        return why is null
            ? null
            : new(
                Descriptors.IncompleteGroup,
                open,
                open.Syntax.GetLocation(),
                ImmutableArray.Create(holder.Name, why));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, operation => operation is IInvocationOperation, cancellationToken) is { } open
            ? Of(open, cancellationToken)
            : null;

    /// <summary>The local that holds the group which the call opens.</summary>
    public static ILocalSymbol? HolderOf(IOperation open)
    {
        var value = open.WithConversions();
        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                when assignment.Value == value => target.Local,
            _ => null,
        };
    }

    /// <summary>Whether the group, which may be completed once, is completed again on some path.</summary>
    public bool AreRepeated(IOperation open)
    {
        if (_steps is null
            || HolderOf(open) is not { } holder
            || FunctionGraphs.Around(open) is not { } graph
            || Paths.AreTooLong(graph))
        {
            return true;
        }

        var events = EventsOf(graph, _steps);
        var facts = PathFacts.At(open, holder);
        foreach (var place in events.PlacesOf(holder, LocalStep.Touched))
        {
            var paths = new Paths(graph, events, holder, facts, PathKinds.Normal);
            paths.WalkFrom(place);
            if (paths.IsTouched)
            {
                return true;
            }
        }

        return false;
    }

    private FunctionEvents EventsOf(ControlFlowGraph graph, GroupSteps steps) =>
        _events.GetValue(graph, graph => new(graph, steps));

    private static string? WhyIncomplete(
        ControlFlowGraph graph, FunctionEvents events, IOperation open, ILocalSymbol holder, GroupMentions mentions)
    {
        var steps = 0;
        foreach (var start in mentions.Additions)
        {
            if (events.Find(holder, start.Syntax) is not { } place)
            {
                continue;
            }

            var paths = new Paths(graph, events, holder, PathFacts.At(start, holder), PathKinds.Normal);
            paths.WalkFrom(place);
            if (paths.IsLost)
            {
                return Why(paths, events.AreTouching(holder));
            }

            if ((steps += paths.Steps) > Paths.MaximalSteps)
            {
                return null;
            }
        }

        return null;
    }

    private static string Why(Paths paths, bool isEverCompleted)
    {
        const string Advice =
            ", and what still runs is cancelled; await 'CompleteAsync' before every normal exit, or 'Cancel' it";
        return !isEverCompleted ? "is never completed" + Advice
            : paths.FindChoice() is { } choice && !PathWording.IsOfLoop(choice.Condition.Syntax)
                ? $"is not completed on every path: {PathWording.Of(choice.Condition, choice.Holds)}{Advice}"
            : "is not completed on every path" + Advice;
    }
}
