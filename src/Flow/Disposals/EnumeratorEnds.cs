using System.Runtime.CompilerServices;

using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Graphs;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Flow.TaskGroups;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Disposals;

/// <summary>Decides whether an enumerator of a stream that is moved by hand is disposed on every path.</summary>
/// <remarks>Whoever else gets hold of it may dispose it: such a one is left alone.</remarks>
internal sealed class EnumeratorEnds
{
    private static readonly ConditionalWeakTable<Compilation, EnumeratorEnds> ByCompilation = new();

    private readonly ConditionalWeakTable<ControlFlowGraph, FunctionEvents> _events = new();
    private readonly EnumeratorSteps? _steps;
    private readonly Silence _silence;

    private EnumeratorEnds(Compilation compilation)
    {
        var types = KnownTypes.Of(compilation);
        var enumerator = compilation.GetBestTypeByMetadataName("System.Collections.Generic.IAsyncEnumerator`1");
        var configured = compilation.GetBestTypeByMetadataName(
            "System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1+Enumerator");
        _steps = enumerator is null ? null : new(enumerator, configured);
        _silence = new(types, ObservingApis.Of(types));
    }

    public static EnumeratorEnds Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new EnumeratorEnds(compilation));

    /// <summary>What is wrong with the enumerator that a call gives; null if nothing, or if it gives none.</summary>
    public Finding? Of(IOperation operation, CancellationToken cancellationToken)
    {
        if (operation is not IInvocationOperation { TargetMethod.Name: "GetAsyncEnumerator" } call
            || _steps is null
            || call.Type is not { } type
            || !_steps.Track(type)
            || WhyUndisposed(call, _steps, cancellationToken) is not { } why
            || _silence.Covers(call))
        {
            return null;
        }

        return new(
            Descriptors.UndisposedEnumerator,
            call,
            call.Syntax.GetLocation(),
            ImmutableArray.Create(HolderOf(call)?.Name ?? "GetAsyncEnumerator", why));
    }

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        ReportedOperation.At(node, model, operation => operation is IInvocationOperation, cancellationToken)
            is { } operation
                ? Of(operation, cancellationToken)
                : null;

    /// <summary>The local that is declared with it, or gets it.</summary>
    public static ILocalSymbol? HolderOf(IOperation call) => GroupEnds.HolderOf(call);

    /// <summary>Whether the function disposes it by hand somewhere.</summary>
    public static bool IsDisposed(IOperation call, ILocalSymbol holder) =>
        LocalMentions.Of(holder, call).Any(static mention => EnumeratorSteps.IsDisposed(mention));

    private string? WhyUndisposed(
        IInvocationOperation call, EnumeratorSteps steps, CancellationToken cancellationToken)
    {
        const string Never = "is never disposed";
        if (call.Parent is IInvocationOperation { TargetMethod.Name: "MoveNextAsync" } moved && moved.Instance == call)
        {
            return Never;
        }

        if (HolderOf(call) is not { IsUsing: false } holder
            || CapturedLocals.Contain(holder, call)
            || FunctionGraphs.Around(call) is not { } graph
            || Paths.AreTooLong(graph))
        {
            return null;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var events = _events.GetValue(graph, graph => new(graph, steps));
        if (!events.AreTouching(holder))
        {
            return LocalMentions.Of(holder, call).Any(EnumeratorSteps.IsResource) ? null : Never;
        }

        if (events.Find(holder, call.Syntax) is not { } place)
        {
            return null;
        }

        var paths = new Paths(graph, events, holder, PathFacts.At(call, holder), PathKinds.Normal);
        paths.WalkFrom(place);
        return paths.IsLost
            ? paths.FindChoice() is { } choice && !PathWording.IsOfLoop(choice.Condition.Syntax)
                ? $"is not disposed on every path: {PathWording.Of(choice.Condition, choice.Holds)}"
                : "is not disposed on every path"
            : FailingBefore(call, holder) is { } failing
                ? $"is not disposed when '{failing}' fails"
                : null;
    }

    /// <summary>What may fail between the call and the only disposal, which is in no <c>finally</c>.</summary>
    private static string? FailingBefore(IInvocationOperation call, ILocalSymbol holder)
    {
        var mentions = LocalMentions.Of(holder, call);
        if (mentions.Where(EnumeratorSteps.IsDisposed).ToList() is not [var disposed]
            || !mentions.All(EnumeratorSteps.IsKnown)
            || disposed.Syntax.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null)
        {
            return null;
        }

        foreach (var operation in EnclosingFunction.Of(call, containingSymbol: null).Root.Descendants())
        {
            if (operation is IAwaitOperation awaited
                && awaited.Syntax.SpanStart > call.Syntax.Span.End
                && awaited.Syntax.Span.End < disposed.Syntax.SpanStart
                && awaited.Operation.WithoutConfiguration() is IInvocationOperation { TargetMethod: var method } work
                && TaskOrigins.SymbolOf(work.Instance ?? work) is var on
                && !SymbolEqualityComparer.Default.Equals(on, holder))
            {
                return method.Name;
            }
        }

        return null;
    }
}
