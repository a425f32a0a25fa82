using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Repeats;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Keeps a task in place of a value task that is consumed twice.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReusedAwaitableFix))]
public sealed class ReusedAwaitableFix() : CodeFix(Descriptors.ReusedAwaitable, new AsTask())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        SingleUses.Of(model.Compilation).At(node, model, cancellationToken);
}
