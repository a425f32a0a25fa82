namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>Writes what stands within a group: starts as children, and the group's token.</summary>
internal sealed class GroupBody(
    Site site,
    GroupOpening group,
    IReadOnlyDictionary<StatementSyntax, StatementChange> children,
    IReadOnlyDictionary<SyntaxNode, SyntaxNode>? places = null)
{
    public List<StatementSyntax> Of(
        GroupRange range,
        OutlastingLocals locals,
        IReadOnlyDictionary<StatementSyntax, StatementChange>? exits = null)
    {
        var statements = children.Concat(locals.Statements).ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (var exit in exits ?? NoExits)
        {
            statements[exit.Key] = statements.TryGetValue(exit.Key, out var change)
                ? Then(change, exit.Value)
                : exit.Value;
        }

        var nodes = range.Statements
            .SelectMany(statement => new Tokens(site).PlacesInBody(statement, group.Token))
            .ToDictionary(place => (SyntaxNode)place, GroupToken);
        foreach (var pair in places is null ? locals.Nodes : locals.Nodes.Concat(places))
        {
            nodes[pair.Key] = pair.Value;
        }

        var rewriter = new StatementRewriter(statements, nodes);
        var body = range.Statements.SelectMany(rewriter.Rewrite).ToList();
        if (body.Count > 0)
        {
            body[0] = WithoutComments(body[0]);
        }

        return body;
    }

    private static IReadOnlyDictionary<StatementSyntax, StatementChange> NoExits { get; } =
        new Dictionary<StatementSyntax, StatementChange>();

    // What stands before the exit comes before the join, too.
    private static StatementChange Then(StatementChange change, StatementChange exit) => rewritten =>
    {
        var changed = change(rewritten);
        return [.. changed.Take(changed.Count - 1), .. exit(changed[changed.Count - 1])];
    };

    // `group` begins a clause within a query.
    private SyntaxNode GroupToken(ExpressionSyntax place) => Code.Expression(
        (place.FirstAncestorOrSelf<QueryExpressionSyntax>() is null ? group.Name : "@" + group.Name)
        + ".CancellationToken");

    // The comments above the range stay above the group.
    private static StatementSyntax WithoutComments(StatementSyntax statement) =>
        statement.WithLeadingTrivia(
            statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
}
