using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Waits;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Blocking;

/// <summary>Makes synchronous code asynchronous that blocked on a task, and awaits it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SyncOverAsyncFix))]
public sealed class SyncOverAsyncFix() : CodeFix(Descriptors.SyncOverAsync, new MakeAsync())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        BlockingWaits.Of(model.Compilation).At(node, model, cancellationToken);
}
