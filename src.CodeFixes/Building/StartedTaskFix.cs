using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// The base of the fixes for work that was started and lost: the site is what <see cref="TaskFates"/> says it is.
/// </summary>
public abstract class StartedTaskFix : CodeFix
{
    private protected StartedTaskFix(DiagnosticDescriptor rule, params Plan[] plans)
        : base(rule, plans)
    {
    }

    private protected sealed override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        TaskFates.Of(model.Compilation, options).At(node, model, cancellationToken);

    private protected override bool Speaks(string id, Finding finding) =>
        id == finding.Rule.Id && !finding.CompilerSpeaks;
}
