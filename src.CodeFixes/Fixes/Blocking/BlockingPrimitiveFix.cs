using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Blocking;

/// <summary>Awaits what async code held its thread for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingPrimitiveFix))]
public sealed class BlockingPrimitiveFix()
    : CodeFix(Descriptors.BlockingPrimitive, new AsyncPrimitive(), new OnThreadPool())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        PrimitiveWaits.Of(model.Compilation, options).At(node, model, cancellationToken);
}
