using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Nulls;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports an <c>await</c> of something behind <c>?.</c>, which throws where that finds null.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullConditionalAwaitAnalyzer() : ScopedTasksAnalyzer(Descriptors.NullConditionalAwait)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var awaits = NullConditionalAwaits.Of(context.Compilation);
        ReportAt(context, site => awaits.Of(site.Operation, site.CancellationToken), OperationKind.ConditionalAccess);
    }
}
