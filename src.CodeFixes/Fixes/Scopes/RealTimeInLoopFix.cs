using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Loops;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Scopes;

/// <summary>Lets a coroutine go by its loop's clock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RealTimeInLoopFix))]
public sealed class RealTimeInLoopFix() : CodeFix(Descriptors.RealTimeInLoop, new PassTimeProvider())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        RealTimes.Of(model.Compilation).At(node, model, cancellationToken);
}
