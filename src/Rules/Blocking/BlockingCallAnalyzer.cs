using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Twins;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports a synchronous call in async code that has an asynchronous twin.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingCallAnalyzer() : ScopedTasksAnalyzer(Descriptors.BlockingCall)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var calls = BlockingCalls.Of(context.Compilation, context.Options);
        ReportAt(
            context,
            site => calls.Of(site.Operation, site.ContainingSymbol, site.CancellationToken),
            OperationKind.Invocation);
    }
}
