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
        context.RegisterOperationAction(
            site =>
            {
                if (sequences.Of(site.Operation) is { } finding)
                {
                    site.ReportDiagnostic(finding.ToDiagnostic());
                }
            },
            OperationKind.Invocation);
    }
}
