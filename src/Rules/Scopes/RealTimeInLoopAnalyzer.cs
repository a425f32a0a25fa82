using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Scopes;

/// <summary>Reports a coroutine that goes by real time, and not by its loop's clock.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RealTimeInLoopAnalyzer() : ScopedTasksAnalyzer(Descriptors.RealTimeInLoop)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (types.Coroutine is null)
        {
            return;
        }

        var times = RealTimes.Of(context.Compilation);
        ReportAt(
            context,
            site => times.Of(site.Operation, site.ContainingSymbol),
            OperationKind.Invocation,
            OperationKind.PropertyReference,
            OperationKind.ObjectCreation);
    }
}
