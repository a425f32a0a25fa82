using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Disposals;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports a <c>using</c> that blocks where its disposal could be awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncDisposeAnalyzer() : ScopedTasksAnalyzer(Descriptors.SyncDispose)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var disposals = AsyncDisposals.Of(context.Compilation);
        ReportAt(
            context,
            site => disposals.Of(site.Operation, site.ContainingSymbol, site.CancellationToken),
            OperationKind.Using,
            OperationKind.UsingDeclaration);
    }
}
