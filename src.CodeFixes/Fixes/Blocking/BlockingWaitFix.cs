using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Blocking;

/// <summary>Awaits what async code blocked on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingWaitFix))]
public sealed class BlockingWaitFix() : CodeFix(Descriptors.BlockingWait, new AwaitInstead())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        BlockingWaits.Of(model.Compilation).At(node, model, cancellationToken);
}
