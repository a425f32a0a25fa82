using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.Captures;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Spawning;

/// <summary>Gives the work of a loop a copy of the variable that the loop changes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CapturedLoopVariableFix))]
public sealed class CapturedLoopVariableFix() : CodeFix(Descriptors.CapturedLoopVariable, new CopyVariable())
{
    private protected override Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken) =>
        LoopCaptures.Of(model.Compilation).At(node, model, cancellationToken);
}
