using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Fates;
using ScopedTasks.Analyzers.Flow.Sequences;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Cold;

/// <summary>Enumerates an async stream that was produced and lost.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnenumeratedStreamFix))]
public sealed class UnenumeratedStreamFix() : CodeFix(Descriptors.UnenumeratedStream, new Enumerate())
{
    private const string CompilerWarning = "CS4014";

    public override ImmutableArray<string> FixableDiagnosticIds =>
        ImmutableArray.Create(Rule.Id, CompilerWarning);

    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        StreamFates.Of(model.Compilation).At(node, model, cancellationToken);

    private protected override bool Speaks(string id, Finding finding) => id == Rule.Id || id == CompilerWarning;
}
