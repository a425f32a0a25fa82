using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules;

/// <summary>The base of the rules about a started task's fate: each reports the findings that are its own.</summary>
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
        var finding = fates.Of(context.Operation, context.ContainingSymbol, context.CancellationToken);
        if (finding is { CompilerSpeaks: false } && finding.Rule == Rule)
        {
            context.ReportDiagnostic(finding.ToDiagnostic());
        }
    }
}
