using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Nulls;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Gives the <c>await</c> something to await where there is nothing.</summary>
/// <remarks>Behind <c>?.</c> an awaitable struct is a nullable one, and there the compiler speaks.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NullConditionalAwaitFix))]
public sealed class NullConditionalAwaitFix() : CodeFix(Descriptors.NullConditionalAwait, new Coalesce())
{
    private const string NotAwaitable = "CS1061";

    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(Rule.Id, NotAwaitable);

    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken)
    {
        var awaits = NullConditionalAwaits.Of(model.Compilation);
        return awaits.At(node, model, cancellationToken) ?? awaits.RefusedAt(node, model, cancellationToken);
    }

    private protected override bool Speaks(string id, Finding finding) =>
        id == (finding.Start.Type is { IsValueType: true } ? NotAwaitable : Rule.Id);
}
