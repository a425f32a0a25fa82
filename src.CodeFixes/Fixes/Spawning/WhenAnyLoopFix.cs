using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Spawning;

/// <summary>Takes the tasks as they end, without looking at the others.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WhenAnyLoopFix))]
public sealed class WhenAnyLoopFix() : CodeFix(Descriptors.WhenAnyLoop, new WhenEach())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        WhenAnyLoops.Of(model.Compilation).At(node, model, cancellationToken);
}
