using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Twins;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Blocking;

/// <summary>Awaits the asynchronous twin of a synchronous call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingCallFix))]
public sealed class BlockingCallFix() : CodeFix(Descriptors.BlockingCall, new AsyncTwin(), new OtherTwin())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        BlockingCalls.Of(model.Compilation, options).At(node, model, cancellationToken);
}
