using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Cancellation;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cancellation;

/// <summary>Lets a cancellation out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SwallowedCancellationFix))]
public sealed class SwallowedCancellationFix() : CodeFix(Descriptors.SwallowedCancellation, new RethrowCancellation())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        SwallowedCancellations.Of(model.Compilation).At(node, model, cancellationToken);
}
