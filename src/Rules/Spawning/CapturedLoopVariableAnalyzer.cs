using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Captures;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Spawning;

/// <summary>Reports a variable that a loop changes while work which it started may still read it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CapturedLoopVariableAnalyzer() : ScopedTasksAnalyzer(Descriptors.CapturedLoopVariable)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var captures = LoopCaptures.Of(context.Compilation);
        context.RegisterOperationAction(
            site =>
            {
                foreach (var finding in captures.Of(site.Operation, site.CancellationToken))
                {
                    site.ReportDiagnostic(finding.ToDiagnostic());
                }
            },
            OperationKind.AnonymousFunction,
            OperationKind.LocalFunction);
    }
}
