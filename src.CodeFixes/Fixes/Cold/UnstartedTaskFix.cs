using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Unstarted;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Runs a task that was made and never started.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnstartedTaskFix))]
public sealed class UnstartedTaskFix() : CodeFix(Descriptors.UnstartedTask, new RunTask())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        UnstartedTasks.Of(model.Compilation).At(node, model, cancellationToken);
}
