using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScopedTasks.Analyzers.Tests.Verification.Specimens;

/// <summary>Rewrites the reported names, with fix-all in one pass per document.</summary>
public abstract class CallFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CallRule.Id];

    public override FixAllProvider? GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            await FixAsync(document, diagnostics, context.CodeActionEquivalenceKey, context.CancellationToken));

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var (title, key) in Actions)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    title,
                    cancellationToken => FixAsync(context.Document, context.Diagnostics, key, cancellationToken),
                    key),
                context.Diagnostics);
        }

        return Task.CompletedTask;
    }

    protected virtual IEnumerable<(string Title, string Key)> Actions => [("Call Good", CallRule.Id)];

    protected abstract SyntaxNode Rewrite(IdentifierNameSyntax name, string? key);

    protected static IdentifierNameSyntax Named(IdentifierNameSyntax name, string newName) =>
        name.WithIdentifier(SyntaxFactory.Identifier(newName).WithTriviaFrom(name.Identifier));

    private async Task<Document> FixAsync(
        Document document,
        ImmutableArray<Diagnostic> diagnostics,
        string? key,
        CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken))!;
        var names = diagnostics.Select(
            diagnostic => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<IdentifierNameSyntax>()!);
        return document.WithSyntaxRoot(root.ReplaceNodes(names, (name, _) => Rewrite(name, key)));
    }
}

/// <summary>The fix as it should be, with a second plan.</summary>
public sealed class GoodFix : CallFix
{
    protected override IEnumerable<(string Title, string Key)> Actions =>
        [("Call Good", CallRule.Id), ("Call Fine", CallRule.Id + ".Fine")];

    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) =>
        Named(name, key == CallRule.Id + ".Fine" ? "Fine" : "Good");
}
