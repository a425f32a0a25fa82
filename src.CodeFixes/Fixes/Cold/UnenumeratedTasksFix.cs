using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Runs the work of a sequence that was made and never enumerated.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnenumeratedTasksFix))]
public sealed class UnenumeratedTasksFix() : CodeFix(Descriptors.UnenumeratedTasks, new RunInGroup(), new WhenAll())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        SequenceFates.Of(model.Compilation).At(node, model, cancellationToken);
}
