using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports a call that produces an async stream which nobody enumerates or gets.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnenumeratedStreamAnalyzer() : ScopedTasksAnalyzer(Descriptors.UnenumeratedStream)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (types.AsyncEnumerable is null)
        {
            return;
        }

        var fates = StreamFates.Of(context.Compilation);
        ReportAt(context, site => fates.Of(site.Operation, site.CancellationToken), OperationKind.Invocation);
    }
}
