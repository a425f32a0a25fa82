using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Rules;

/// <summary>
/// The base of every rule: set up once, concurrent, silent on generated code and in compilations without tasks.
/// </summary>
public abstract class ScopedTasksAnalyzer : DiagnosticAnalyzer
{
    private protected ScopedTasksAnalyzer(DiagnosticDescriptor rule) =>
        SupportedDiagnostics = ImmutableArray.Create(rule);

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    private protected DiagnosticDescriptor Rule => SupportedDiagnostics[0];

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            var types = KnownTypes.Of(start.Compilation);
            if (types.Task is not null)
            {
                Register(start, types);
            }
        });
    }

    /// <summary>
    /// Asks at each operation of the kinds, and reports the answers that are this rule's, and not the compiler's.
    /// </summary>
    private protected void ReportAt(
        CompilationStartAnalysisContext context,
        Func<OperationAnalysisContext, Finding?> find,
        params OperationKind[] kinds) =>
        context.RegisterOperationAction(
            site =>
            {
                if (find(site) is { CompilerSpeaks: false } finding && finding.Rule == Rule)
                {
                    site.ReportDiagnostic(finding.ToDiagnostic());
                }
            },
            kinds);

    /// <summary>Registers what the rule looks at; called once per compilation that has tasks.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext context, KnownTypes types);
}
