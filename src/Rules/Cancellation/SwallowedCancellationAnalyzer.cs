using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Cancellation;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cancellation;

/// <summary>Reports a <c>catch</c> that takes a cancellation for a failure and goes on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwallowedCancellationAnalyzer() : ScopedTasksAnalyzer(Descriptors.SwallowedCancellation)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var cancellations = SwallowedCancellations.Of(context.Compilation);
        ReportAt(context, site => cancellations.Of(site.Operation, site.ContainingSymbol), OperationKind.CatchClause);
    }
}
