using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Repeats;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports a deferred sequence of tasks that is enumerated twice, so that its work runs twice.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReenumeratedTasksAnalyzer() : ScopedTasksAnalyzer(Descriptors.ReenumeratedTasks)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var sequences = ReenumeratedSequences.Of(context.Compilation);
        ReportAt(context, site => sequences.Of(site.Operation), OperationKind.Invocation);
    }
}
