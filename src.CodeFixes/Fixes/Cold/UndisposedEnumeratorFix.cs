using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Disposals;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Disposes an enumerator on every path.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UndisposedEnumeratorFix))]
public sealed class UndisposedEnumeratorFix() : CodeFix(Descriptors.UndisposedEnumerator, new AwaitUsing())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        EnumeratorEnds.Of(model.Compilation).At(node, model, cancellationToken);
}
