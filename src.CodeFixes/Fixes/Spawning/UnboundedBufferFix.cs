using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Spawning;

/// <summary>Gives a buffer a bound.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnboundedBufferFix))]
public sealed class UnboundedBufferFix() : CodeFix(Descriptors.UnboundedBuffer, new CreateBounded())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        UnboundedBuffers.Of(model.Compilation).At(node, model, cancellationToken);
}
