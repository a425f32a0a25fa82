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
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace ScopedTasks.Analyzers.Tests.Verification.Specimens;

/// <summary>Rewrites the reported names, with fix-all in one pass per document.</summary>
public abstract class CallFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CallRule.Id];

    public override FixAllProvider? GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            await FixAsync(document, diagnostics, context.CodeActionEquivalenceKey, context.CancellationToken));

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync(context.CancellationToken);
        foreach (var (title, key) in ActionsFor(text.ToString(context.Span)))
            context.RegisterCodeFix(ActionOf(context, title, key), context.Diagnostics);
    }

    protected virtual IEnumerable<(string Title, string Key)> ActionsFor(string name) => [("Call Good", CallRule.Id)];

    protected static IdentifierNameSyntax Named(IdentifierNameSyntax name, string newName) =>
        name.WithIdentifier(SyntaxFactory.Identifier(newName).WithTriviaFrom(name.Identifier));

    protected CodeAction ActionOf(CodeFixContext context, string title, string key) =>
        CodeAction.Create(
            title,
            cancellationToken => FixAsync(context.Document, context.Diagnostics, key, cancellationToken),
            key);

    protected virtual SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) => Named(name, "Good");

    protected virtual async Task<Document> FixAsync(
        Document document,
        IEnumerable<Diagnostic> diagnostics,
        string? key,
        CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken))!;
        var names = diagnostics.Select(
            diagnostic => root.FindNode(diagnostic.Location.SourceSpan)
                .DescendantNodesAndSelf()
                .OfType<IdentifierNameSyntax>()
                .First());
        return document.WithSyntaxRoot(root.ReplaceNodes(names, (name, _) => Rewrite(name, key)));
    }
}

/// <summary>The fix as it should be, with a second plan that holds for <c>Bad</c> alone.</summary>
public sealed class GoodFix : CallFix
{
    private const string Fine = CallRule.Id + ".Fine";

    protected override IEnumerable<(string Title, string Key)> ActionsFor(string name) =>
        name == "Bad" ? [("Call Good", CallRule.Id), ("Call Fine", Fine)] : [("Call Good", CallRule.Id)];

    private static SyntaxNode Marked(SyntaxNode node) => node.WithAdditionalAnnotations(new SyntaxAnnotation());

    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) =>
        key != Fine ? Named(name, "Good") : name.Identifier.ValueText == "Bad" ? Named(name, "Fine") : Marked(name);
}

/// <summary>The same plans the other way round, so that <c>Fine</c> has the plain key.</summary>
public sealed class FineFirstFix : CallFix
{
    private const string Good = CallRule.Id + ".Good";

    protected override IEnumerable<(string Title, string Key)> ActionsFor(string name) =>
        [("Call Fine", CallRule.Id), ("Call Good", Good)];

    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) =>
        Named(name, key == Good ? "Good" : "Fine");
}

/// <summary>The same menu, one level deeper.</summary>
public sealed class NestedFix : CallFix
{
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        ImmutableArray<CodeAction> actions = [ActionOf(context, "Call Good", CallRule.Id)];
        context.RegisterCodeFix(CodeAction.Create("Call something", actions, isInlinable: false), context.Diagnostics);
        return Task.CompletedTask;
    }
}

/// <summary>Fixes nothing, and says so.</summary>
public sealed class NoFix : CallFix
{
    protected override IEnumerable<(string Title, string Key)> ActionsFor(string name) => [];
}

/// <summary>Fixes a warning of the compiler.</summary>
public sealed class CompilerFix : CallFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [CallRule.Id, "CS0612"];
}

/// <summary>Calls something that does not exist.</summary>
public sealed class BreakingFix : CallFix
{
    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) => Named(name, "Missing");
}

/// <summary>Calls something that is obsolete.</summary>
public sealed class WarningFix : CallFix
{
    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) => Named(name, "Old");
}

/// <summary>Needs to be applied once for each letter after <c>Bad</c>.</summary>
public sealed class SlowFix : CallFix
{
    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) =>
        Named(name, name.Identifier.ValueText is "Bad" ? "Good" : name.Identifier.ValueText[..^1]);
}

/// <summary>Has no fix-all.</summary>
public sealed class SingleFix : CallFix
{
    public override FixAllProvider? GetFixAllProvider() => null;
}

/// <summary>Writes a member access as one token, which the parser never does.</summary>
public sealed class WrongTreeFix : CallFix
{
    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) => Named(name, "C.Good");
}

/// <summary>Writes two spaces as two trivia, which the parser never does.</summary>
public sealed class WrongTriviaFix : CallFix
{
    protected override SyntaxNode Rewrite(IdentifierNameSyntax name, string? key) =>
        Named(name, "Good").WithTrailingTrivia(SyntaxFactory.Space, SyntaxFactory.Space);
}

/// <summary>Leaves formatting and simplifying and the <c>using</c> to the clean-up of code actions.</summary>
public sealed class AnnotatedFix : CallFix
{
    protected override async Task<Document> FixAsync(
        Document document,
        IEnumerable<Diagnostic> diagnostics,
        string? key,
        CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken);
        var encoding = editor.SemanticModel.Compilation.GetTypeByMetadataName("System.Text.Encoding")!;
        foreach (var diagnostic in diagnostics)
        {
            var place = editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan);
            var statement = SyntaxFactory.ParseStatement("_  =  Encoding.UTF8 ;");
            var name = statement.DescendantNodes().OfType<IdentifierNameSyntax>().Single(
                name => name.Identifier.ValueText == "Encoding");
            var type = editor.Generator.TypeExpression(encoding)
                .WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
            editor.ReplaceNode(
                place.FirstAncestorOrSelf<StatementSyntax>()!,
                statement.ReplaceNode(name, type).WithAdditionalAnnotations(Formatter.Annotation));
        }

        return editor.GetChangedDocument();
    }
}

/// <summary>Adds a file.</summary>
public sealed class FileFix : CallFix
{
    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create(
                "Add a file",
                _ => Task.FromResult(context.Document.Project.AddDocument("Added.cs", "class Added;").Project.Solution),
                CallRule.Id),
            context.Diagnostics);
        return Task.CompletedTask;
    }
}

/// <summary>Its action does nothing at all.</summary>
public sealed class IdleFix : CallFix
{
    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(new Idle(), context.Diagnostics);
        return Task.CompletedTask;
    }

    /// <summary>An action without operations.</summary>
    private sealed class Idle : CodeAction
    {
        public override string Title => "Do nothing";

        public override string EquivalenceKey => CallRule.Id;

        protected override Task<IEnumerable<CodeActionOperation>> ComputeOperationsAsync(
            CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<CodeActionOperation>>([]);
    }
}
