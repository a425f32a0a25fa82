using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules;

/// <summary>The base of the rules about the fate of one started task: each reports the findings that are its own.</summary>
public abstract class TaskFateAnalyzer : ScopedTasksAnalyzer
{
    private readonly ImmutableArray<OperationKind> _starts;

    private protected TaskFateAnalyzer(DiagnosticDescriptor rule, params OperationKind[] starts)
        : base(rule) => _starts = starts.ToImmutableArray();

    private protected sealed override void Register(CompilationStartAnalysisContext context, KnownTypes types)
    {
        var fates = TaskFates.Of(context.Compilation, context.Options);
        context.RegisterOperationAction(operation => Report(operation, fates), _starts);
    }

    private void Report(OperationAnalysisContext context, TaskFates fates)
    {
        if (fates.Of(context.Operation, context.ContainingSymbol, context.CancellationToken) is { CompilerSpeaks: false } finding
            && finding.Rule == Rule)
        {
            context.ReportDiagnostic(finding.ToDiagnostic());
        }
    }
}
