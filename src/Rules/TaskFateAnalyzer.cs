using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules;

/// <summary>The base of the rules about a started task's fate: each reports the findings that are its own.</summary>
public abstract class TaskFateAnalyzer : ScopedTasksAnalyzer
{
    private readonly OperationKind[] _starts;

    private protected TaskFateAnalyzer(DiagnosticDescriptor rule, params OperationKind[] starts)
        : base(rule) => _starts = starts;

    private protected sealed override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var fates = TaskFates.Of(context.Compilation, context.Options);
        ReportAt(context, site => fates.Of(site.Operation, site.ContainingSymbol, site.CancellationToken), _starts);
    }
}
