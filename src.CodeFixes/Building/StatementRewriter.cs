namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Replaces nodes in one pass; a statement may become several, in a block of its own where only one may stand.
/// </summary>
internal sealed class StatementRewriter(
    IReadOnlyDictionary<StatementSyntax, IReadOnlyList<StatementSyntax>> statements,
    IReadOnlyDictionary<SyntaxNode, SyntaxNode> nodes)
    : CSharpSyntaxRewriter
{
    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        if (node is StatementSyntax statement && statements.TryGetValue(statement, out var replacements))
        {
            return replacements.Count == 1
                ? replacements[0]
                : SyntaxFactory.Block(replacements).WithTriviaFrom(statement);
        }

        return node is not null && nodes.TryGetValue(node, out var replacement)
            ? replacement.WithTriviaFrom(node)
            : base.Visit(node);
    }

    public override SyntaxList<TNode> VisitList<TNode>(SyntaxList<TNode> list)
    {
        if (!list.Any(node => node is StatementSyntax statement && statements.ContainsKey(statement)))
        {
            return base.VisitList(list);
        }

        var rewritten = new List<TNode>();
        foreach (var node in list)
        {
            if (node is StatementSyntax statement && statements.TryGetValue(statement, out var replacements))
            {
                rewritten.AddRange(replacements.Cast<TNode>());
            }
            else
            {
                rewritten.Add((TNode)Visit(node)!);
            }
        }

        return SyntaxFactory.List(rewritten);
    }
}
