using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Repeats;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Makes a list of tasks that were started again by every enumeration.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReenumeratedTasksFix))]
public sealed class ReenumeratedTasksFix() : CodeFix(Descriptors.ReenumeratedTasks, new Materialize())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        ReenumeratedSequences.Of(model.Compilation).At(node, model, cancellationToken);
}
