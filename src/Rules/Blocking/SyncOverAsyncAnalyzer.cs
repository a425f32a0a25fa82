using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports synchronous code that blocks its thread on a task: sync over async.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SyncOverAsyncAnalyzer() : ScopedTasksAnalyzer(Descriptors.SyncOverAsync)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var waits = BlockingWaits.Of(context.Compilation);
        context.RegisterOperationAction(
            site =>
            {
                if (waits.Of(site.Operation, site.ContainingSymbol, Rule, site.CancellationToken) is { } finding)
                {
                    site.ReportDiagnostic(finding.ToDiagnostic());
                }
            },
            OperationKind.PropertyReference,
            OperationKind.Invocation);
    }
}
