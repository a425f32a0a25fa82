using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Nulls;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Gives the <c>await</c> something to await where there is nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NullConditionalAwaitFix))]
public sealed class NullConditionalAwaitFix() : CodeFix(Descriptors.NullConditionalAwait, new Coalesce())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        NullConditionalAwaits.Of(model.Compilation).At(node, model, cancellationToken);
}
