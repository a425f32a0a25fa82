using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports async code that holds its thread: <c>Thread.Sleep</c>, events, locks, queues.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingPrimitiveAnalyzer() : ScopedTasksAnalyzer(Descriptors.BlockingPrimitive)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var waits = PrimitiveWaits.Of(context.Compilation, context.Options);
        ReportAt(
            context,
            site => waits.Of(site.Operation, site.ContainingSymbol, site.CancellationToken),
            OperationKind.Invocation,
            OperationKind.PropertyReference,
            OperationKind.ObjectCreation);
    }
}
