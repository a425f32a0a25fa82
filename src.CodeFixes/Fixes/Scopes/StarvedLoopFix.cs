using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Scopes;

/// <summary>Gives the other coroutines a turn in every round of a loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StarvedLoopFix))]
public sealed class StarvedLoopFix() : CodeFix(Descriptors.StarvedLoop, new Checkpoint())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        StarvedLoops.Of(model.Compilation).At(node, model, cancellationToken);
}
