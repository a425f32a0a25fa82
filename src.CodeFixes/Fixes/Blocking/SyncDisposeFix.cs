using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Disposals;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Blocking;

/// <summary>Awaits a disposal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SyncDisposeFix))]
public sealed class SyncDisposeFix() : CodeFix(Descriptors.SyncDispose, new AwaitUsing())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        AsyncDisposals.Of(model.Compilation).At(node, model, cancellationToken);
}
