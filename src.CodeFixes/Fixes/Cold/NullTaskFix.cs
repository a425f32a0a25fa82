using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Nulls;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Gives a task that is complete in place of null.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NullTaskFix))]
public sealed class NullTaskFix() : CodeFix(Descriptors.NullTask, new CompletedTask())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        NullTasks.Of(model.Compilation).At(node, model, cancellationToken);
}
