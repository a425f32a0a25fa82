using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>What becomes of a statement, whose parts are rewritten already.</summary>
internal delegate IReadOnlyList<StatementSyntax> StatementChange(StatementSyntax rewritten);

/// <summary>
/// Replaces nodes in one pass; a statement may become several, in a block of its own where only one may stand.
/// </summary>
internal sealed class StatementRewriter(
    IReadOnlyDictionary<StatementSyntax, StatementChange> statements,
    IReadOnlyDictionary<SyntaxNode, SyntaxNode> nodes)
    : CSharpSyntaxRewriter
{
    /// <summary>What the statement becomes.</summary>
    public IReadOnlyList<StatementSyntax> Rewrite(StatementSyntax statement) =>
        statements.TryGetValue(statement, out var change)
            ? change((StatementSyntax)base.Visit(statement)!)
            : [(StatementSyntax)Visit(statement)!];

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is StatementSyntax statement && statements.ContainsKey(statement))
        {
            var replacements = Rewrite(statement);
            return replacements.Count == 1 ? replacements[0] : InBlock(replacements, statement);
        }

        return node is not null && nodes.TryGetValue(node, out var replacement)
            ? replacement.WithTriviaFrom(node)
            : base.Visit(node);
    }

    // Its comments went with the statements.
    private static BlockSyntax InBlock(IEnumerable<StatementSyntax> replacements, StatementSyntax statement)
    {
        var block = SyntaxFactory.Block(replacements).WithAdditionalAnnotations(Formatter.Annotation)
            .WithTrailingTrivia(statement.GetTrailingTrivia().Where(end => end.IsKind(SyntaxKind.EndOfLineTrivia)));
        return Site.IndentationOf(statement) is { Length: > 0 } indentation
            ? block.WithLeadingTrivia(SyntaxFactory.Whitespace(indentation))
            : block;
    }

    public override SyntaxList<TNode> VisitList<TNode>(SyntaxList<TNode> list) =>
        list.Any(node => node is StatementSyntax statement && statements.ContainsKey(statement))
            ? SyntaxFactory.List(list.SelectMany(node => Rewrite((StatementSyntax)(SyntaxNode)node)).Cast<TNode>())
            : base.VisitList(list);
}
