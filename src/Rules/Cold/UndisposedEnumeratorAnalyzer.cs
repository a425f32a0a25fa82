using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Disposals;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports an enumerator of a stream that some path does not dispose.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndisposedEnumeratorAnalyzer() : ScopedTasksAnalyzer(Descriptors.UndisposedEnumerator)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var ends = EnumeratorEnds.Of(context.Compilation);
        ReportAt(context, site => ends.Of(site.Operation, site.CancellationToken), OperationKind.Invocation);
    }
}
