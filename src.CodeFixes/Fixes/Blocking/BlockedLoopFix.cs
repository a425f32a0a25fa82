using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Blocking;

/// <summary>Lets the loop go on while something else waits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockedLoopFix))]
public sealed class BlockedLoopFix()
    : CodeFix(Descriptors.BlockedLoop, new AwaitInstead(), new AsyncTwin(), new RunOffLoop(), new OtherTwin())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        new BlockedLoops(model.Compilation, options).At(node, model, cancellationToken);
}
