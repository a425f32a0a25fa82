using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports a coroutine, or another cold awaitable, that nobody awaits: it never runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnawaitedCoroutineAnalyzer() : ScopedTasksAnalyzer(Descriptors.UnawaitedCoroutine)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var fates = ColdFates.Of(context.Compilation, context.Options);
        ReportAt(
            context,
            site => fates.Of(site.Operation, site.CancellationToken),
            OperationKind.Invocation,
            OperationKind.ObjectCreation,
            OperationKind.Await);
    }
}
