using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Races;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>
/// Decides what is wrong with a wait: for too little of the work, for the first of several, for what needs no thread.
/// </summary>
internal sealed class AwaitedFates(
    NestedTasks nested,
    RaceFates races,
    PointlessStarts pointless,
    Starts starts,
    Silence silence,
    AnalyzerOptions options,
    Wording wording)
{
    /// <summary>What is wrong with a call that is awaited where it stands.</summary>
    public Finding? Of(IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken) =>
        nested.Holds(call)
            ? OfNested(call, cancellationToken)
            : OfRace(call, containingSymbol, cancellationToken) ?? OfPointless(call, containingSymbol);

    public Finding? OfPointless(IInvocationOperation call, ISymbol containingSymbol) =>
        pointless.CalleeOf(call, containingSymbol.ContainingType) is { } callee
        && !TestMethods.IsTest(containingSymbol)
        && !silence.CoversStart(call, options)
            ? StartFindings.Of(Descriptors.PointlessStart, call, ImmutableArray.Create(callee.Name))
            : null;

    public Finding? OfRace(IInvocationOperation call, ISymbol containingSymbol, CancellationToken cancellationToken) =>
        races.IsRace(call)
        && races.AreAbandoned(call, cancellationToken)
        && !TestMethods.IsTest(containingSymbol)
        && !silence.CoversStart(call, options)
            ? StartFindings.Of(Descriptors.AbandonedRace, call, wording.AbandonedRace(call, races.Of(call)))
            : null;

    public Finding? OfTimeout(
        IInvocationOperation call,
        ILocalSymbol? holder,
        ISymbol containingSymbol,
        CancellationToken cancellationToken) =>
        races.TimeoutOf(call, holder, cancellationToken) is { } wait
        && starts.Holds(call)
        && !TestMethods.IsTest(containingSymbol)
        && !silence.CoversStart(call, options)
            ? StartFindings.Of(Descriptors.AbandonedTimeout, call, wording.AbandonedTimeout(call, wait))
            : null;

    public Finding? OfNested(IInvocationOperation call, CancellationToken cancellationToken) =>
        nested.Holds(call) && nested.LosesInner(call, cancellationToken) && !silence.CoversStart(call, options)
            ? StartFindings.Of(Descriptors.NestedTask, call, wording.Nested(call, nested.CanUnwrap(call)))
            : null;
}
