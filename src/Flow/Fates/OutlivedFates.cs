using ScopedTasks.Analyzers.Flow.Outlived;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Decides whether work that is lost, returned or kept outlives something that it uses.</summary>
internal sealed class OutlivedFates(
    OutlivedResources resources, Starts starts, Silence silence, AnalyzerOptions options, StartFindings findings)
{
    public Finding? OfKept(
        IInvocationOperation call,
        ILocalSymbol holder,
        ISymbol containingSymbol,
        CancellationToken cancellationToken) =>
        OfReturned(call, containingSymbol)
        ?? (resources.OfKept(call, holder, cancellationToken) is { } outlived && !silence.CoversStart(call, options)
            ? findings.Outlived(call, outlived, containingSymbol)
            : null);

    public Finding? OfReturned(IInvocationOperation call, ISymbol containingSymbol) =>
        resources.OfReturned(call, EnclosingFunction.Of(call, containingSymbol)) is { } outlived
        && starts.Holds(call)
        && !silence.CoversStart(call, options)
            ? findings.Outlived(call, outlived, containingSymbol)
            : null;

    public Finding? OfStored(IInvocationOperation call, ISymbol containingSymbol) =>
        !TestMethods.IsTest(containingSymbol)
        && resources.OfStored(call) is { } outlived
        && starts.Holds(call)
        && !silence.CoversStart(call, options)
            ? findings.Outlived(call, outlived, containingSymbol)
            : null;

    // A test may leave work behind on purpose.
    public Finding? OfLost(IInvocationOperation call, IInvocationOperation? wrapper, ISymbol containingSymbol) =>
        !TestMethods.IsTest(containingSymbol)
        && resources.OfLost(call, wrapper) is { } outlived
        && !silence.CoversStart(call, options)
            ? findings.Outlived(call, outlived, containingSymbol)
            : null;
}
