namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Wraps statements in a task group. Control-flow and data-flow analysis decide the form: a lambda, a lambda that
/// returns what is read afterwards, or nothing.
/// </summary>
internal sealed class GroupWrapper(Site site, string title, ExpressionSyntax? token, string options, Names names)
{
    private readonly string _group = names.Fresh("group");

    /// <summary>The name of the group within the wrapped statements.</summary>
    public IdentifierNameSyntax Group => SyntaxFactory.IdentifierName(_group);

    /// <summary>The edit that puts the statements, some of them rewritten as children, into a group.</summary>
    public Edit? Wrap(
        IReadOnlyList<StatementSyntax> range,
        IReadOnlyDictionary<StatementSyntax, IReadOnlyList<StatementSyntax>> children)
    {
        if (WrittenForm.Of(site, range) is not { } form)
        {
            return null;
        }

        var places = range
            .SelectMany(statement => new Tokens(site).PlacesInBody(statement, token))
            .ToDictionary(place => (SyntaxNode)place, place => (SyntaxNode)GroupToken(place));
        var rewriter = new StatementRewriter(children, places);
        var body = new List<StatementSyntax>();
        foreach (var statement in range)
        {
            if (children.TryGetValue(statement, out var replacements))
            {
                body.AddRange(replacements);
            }
            else
            {
                body.Add((StatementSyntax)rewriter.Visit(statement)!);
            }
        }

        if (body.Count == 0)
        {
            return null;
        }

        body[0] = WithoutComments(body[0]);
        if (form.Tail is { } tail)
        {
            body.Add(tail);
        }

        var edit = new Edit(title);
        var first = range[0];
        var last = range[range.Count - 1];
        edit.Replace(
            first,
            Statement(form, body, Site.IndentationOf(first))
                .WithLeadingTrivia(first.GetLeadingTrivia())
                .WithTrailingTrivia(last.GetTrailingTrivia().Where(end => end.IsKind(SyntaxKind.EndOfLineTrivia))));
        foreach (var statement in range.Skip(1))
        {
            edit.Remove(statement);
        }

        return edit;
    }

    private StatementSyntax Statement(WrittenForm form, List<StatementSyntax> body, string indentation)
    {
        var isAsync = body.Any(ContainsAwait);
        if (!isAsync && form.HasValue)
        {
            return SyntaxFactory.EmptyStatement();
        }

        // The formatter keeps a lambda's braces where they are, relative to the statement, and indents what is between.
        var line = site.NewLine + indentation;
        var lambda = $"{(isAsync ? "async " : "")}{_group} =>{line}{{{site.NewLine}$0;{line}}}";
        var arguments = string.Concat(options.Length == 0 ? "" : ", " + options, token is null ? "" : ", $1");
        var call = Code.Expression(
            $"::TaskGroup.RunAsync{form.TypeArgument}({lambda}{arguments})",
            token is null ? [Code.Statements(body)] : [Code.Statements(body), token.WithoutTrivia()]);
        return Code.Statement($"{form.Prefix}$0;", Expressions.Await(site, call));
    }

    private ExpressionSyntax GroupToken(SyntaxNode place) => Code.Expression(
        (place.FirstAncestorOrSelf<QueryExpressionSyntax>() is null ? _group : "@" + _group) + ".CancellationToken");

    private static bool ContainsAwait(SyntaxNode node) =>
        OwnNodes.Of(node).Any(inner => inner is AwaitExpressionSyntax
            or ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or ForEachVariableStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 });

    // The comments above the range stay above the group.
    private static StatementSyntax WithoutComments(StatementSyntax statement) =>
        statement.WithLeadingTrivia(
            statement.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
}
