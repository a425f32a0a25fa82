using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Fields;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Joins a task that a field keeps, where its object ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnjoinedFieldFix))]
public sealed class UnjoinedFieldFix() : CodeFix(Descriptors.UnjoinedField, new JoinField(), new OwnInField())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        UnjoinedFields.Of(model.Compilation).At(node, model, options, cancellationToken);
}
