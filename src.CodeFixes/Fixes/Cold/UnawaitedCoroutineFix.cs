using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Runs a coroutine that was called and never ran.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnawaitedCoroutineFix))]
public sealed class UnawaitedCoroutineFix()
    : CodeFix(Descriptors.UnawaitedCoroutine, new Await(), new SpawnInGroup())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        ColdFates.Of(model.Compilation, options).At(node, model, cancellationToken);
}
