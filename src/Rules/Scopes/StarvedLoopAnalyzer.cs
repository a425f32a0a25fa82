using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Scopes;

/// <summary>Reports an endless loop in a coroutine that never gives its event loop back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StarvedLoopAnalyzer() : ScopedTasksAnalyzer(Descriptors.StarvedLoop)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        if (types.Coroutine is null)
        {
            return;
        }

        var loops = StarvedLoops.Of(context.Compilation);
        ReportAt(context, site => loops.Of(site.Operation, site.ContainingSymbol), OperationKind.Loop);
    }
}
