using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Disposals;
using ScopedTasks.Analyzers.Flow.Twins;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Loops;

/// <summary>Asks all who know what holds a thread whether something in a coroutine does.</summary>
internal sealed class BlockedLoops
{
    private readonly KnownTypes _types;
    private readonly BlockingWaits _waits;
    private readonly PrimitiveWaits _primitives;
    private readonly AsyncDisposals _disposals;
    private readonly BlockingCalls _calls;

    public BlockedLoops(Compilation compilation, AnalyzerOptions options)
    {
        _types = KnownTypes.Of(compilation);
        _waits = BlockingWaits.Of(compilation);
        _primitives = PrimitiveWaits.Of(compilation, options);
        _disposals = AsyncDisposals.Of(compilation);
        _calls = BlockingCalls.Of(compilation, options);
    }

    public Finding? Of(IOperation operation, ISymbol? containingSymbol, CancellationToken cancellationToken) =>
        LoopCode.Holds(operation, containingSymbol, _types)
            ? _waits.Of(operation, containingSymbol, Descriptors.BlockingWait, cancellationToken)
                ?? _primitives.Of(operation, containingSymbol, cancellationToken)
                ?? _disposals.Of(operation, containingSymbol, cancellationToken)
                ?? _calls.Of(operation, containingSymbol, cancellationToken)
            : null;

    /// <summary>What the rule says at a node, as a fix asks again.</summary>
    public Finding? At(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        _waits.At(node, model, cancellationToken)
        ?? _primitives.At(node, model, cancellationToken)
        ?? _calls.At(node, model, cancellationToken)
        ?? _disposals.At(node, model, cancellationToken);
}
