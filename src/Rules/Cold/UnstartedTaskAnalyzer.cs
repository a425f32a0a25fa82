using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Flow.Unstarted;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules.Cold;

/// <summary>Reports a task made with <c>new</c> that is waited for, returned or let go and never started.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnstartedTaskAnalyzer() : ScopedTasksAnalyzer(Descriptors.UnstartedTask)
{
    private protected override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var tasks = UnstartedTasks.Of(context.Compilation);
        ReportAt(context, site => tasks.Of(site.Operation, site.ContainingSymbol), OperationKind.ObjectCreation);
    }
}
