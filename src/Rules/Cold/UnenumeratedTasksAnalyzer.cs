using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports a deferred sequence of tasks that nobody enumerates or gets, so that none of them starts.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnenumeratedTasksAnalyzer() : ScopedTasksAnalyzer(Descriptors.UnenumeratedTasks)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var fates = SequenceFates.Of(context.Compilation);
        ReportAt(context, site => fates.Of(site.Operation, site.CancellationToken), OperationKind.Invocation);
    }
}
