using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Chains;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports a call in async code of a synchronous method that blocks, by itself or through others.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingHelperAnalyzer() : ScopedTasksAnalyzer(Descriptors.BlockingHelper)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var chains = new CallChains(context.Compilation, context.Options);
        context.RegisterOperationAction(
            site => chains.Add(site.Operation, site.ContainingSymbol, site.CancellationToken),
            OperationKind.Invocation,
            OperationKind.PropertyReference,
            OperationKind.ObjectCreation);
        context.RegisterCompilationEndAction(
            end =>
            {
                foreach (var finding in chains.Findings(end.CancellationToken))
                {
                    end.ReportDiagnostic(finding.ToDiagnostic());
                }
            });
    }
}
