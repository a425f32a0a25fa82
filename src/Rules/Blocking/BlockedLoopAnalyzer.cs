using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Blocking;

/// <summary>Reports what holds the thread in a coroutine: it stops the whole event loop.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockedLoopAnalyzer() : ScopedTasksAnalyzer(Descriptors.BlockedLoop)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (types.Coroutine is null)
        {
            return;
        }

        var loops = new BlockedLoops(context.Compilation, context.Options);
        ReportAt(
            context,
            site => loops.Of(site.Operation, site.ContainingSymbol, site.CancellationToken),
            OperationKind.Invocation,
            OperationKind.PropertyReference,
            OperationKind.ObjectCreation,
            OperationKind.Using,
            OperationKind.UsingDeclaration);
    }
}
