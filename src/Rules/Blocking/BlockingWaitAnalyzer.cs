using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports async code that blocks its thread on a task: <c>.Result</c>, <c>.Wait()</c>, their kin.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer() : ScopedTasksAnalyzer(Descriptors.BlockingWait)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var waits = BlockingWaits.Of(context.Compilation);
        ReportAt(
            context,
            site => waits.Of(site.Operation, site.ContainingSymbol, Rule, site.CancellationToken),
            OperationKind.PropertyReference,
            OperationKind.Invocation);
    }
}
