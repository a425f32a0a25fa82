using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Nulls;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports null where a task is promised or awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullTaskAnalyzer() : ScopedTasksAnalyzer(Descriptors.NullTask)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var tasks = NullTasks.Of(context.Compilation);
        ReportAt(
            context,
            site => tasks.Of(site.Operation, site.ContainingSymbol, site.CancellationToken),
            OperationKind.Literal,
            OperationKind.DefaultValue,
            OperationKind.ConditionalAccess);
    }
}
