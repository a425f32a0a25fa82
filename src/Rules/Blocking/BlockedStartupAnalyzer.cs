using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Startup;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports a hosted service that keeps its host from starting.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockedStartupAnalyzer() : ScopedTasksAnalyzer(Descriptors.BlockedStartup)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var startups = BlockedStartups.Of(context.Compilation);
        if (!startups.AreThere)
        {
            return;
        }

        ReportAt(
            context,
            site => startups.Of(site.Operation, site.ContainingSymbol, site.Options),
            OperationKind.MethodBody);
    }
}
