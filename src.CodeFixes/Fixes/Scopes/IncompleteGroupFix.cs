using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.TaskGroups;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Scopes;

/// <summary>Completes a group before every normal exit.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IncompleteGroupFix))]
public sealed class IncompleteGroupFix() : CodeFix(Descriptors.IncompleteGroup, new CompleteGroup())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        GroupEnds.Of(model.Compilation).At(node, model, cancellationToken);
}
