namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Wraps statements in a task group. Control-flow and data-flow analysis decide the form: a lambda, a lambda that
/// returns what is read afterwards, a scope, or nothing.
/// </summary>
internal sealed class GroupWrapper(Site site, string title, ExpressionSyntax? token, string options, Names names)
{
    private readonly GroupOpening _group = new(names.Fresh("group"), options, token);

    /// <summary>The name of the group within the wrapped statements.</summary>
    public IdentifierNameSyntax Group => SyntaxFactory.IdentifierName(_group.Name);

    /// <summary>The edit that puts the statements, some of them rewritten as children, into a group.</summary>
    /// <param name="statements">What the group wraps.</param>
    /// <param name="children">What statements become.</param>
    /// <param name="nodes">What becomes of nodes within the others.</param>
    public Edit? Wrap(
        IReadOnlyList<StatementSyntax> statements,
        IReadOnlyDictionary<StatementSyntax, StatementChange> children,
        IReadOnlyDictionary<SyntaxNode, SyntaxNode>? nodes = null)
    {
        // The group would end as cancelled where the work alone was meant to.
        if (new Tokens(site).IsCancelledIn(statements, token) || GroupRange.Of(site, statements) is not { } range)
        {
            return null;
        }

        var body = new GroupBody(site, _group, children, nodes);
        var indentation = Site.IndentationOf(statements[0]);
        var scope = EditOf(range, ScopeForm.Write(site, _group, range, body, names), otherwise: null);
        var held = range.FitsLambda ? range : WithoutLastExit(range);
        return held is null
            ? scope
            : EditOf(held, LambdaForm.Write(site, _group, held, body, indentation), scope) ?? scope;
    }

    // A last jump, a last return of what does not change, can as well follow the group.
    private GroupRange? WithoutLastExit(GroupRange range) =>
        range.Exits is [var exit]
        && exit == range.Statements[range.Statements.Count - 1]
        && (exit is not ReturnStatementSyntax { Expression: { } value } || range.IsLasting(value))
        && GroupRange.Of(site, range.Statements.Take(range.Statements.Count - 1).ToList()) is
            { FitsLambda: true } rest && !rest.Outlasting.Any()
            ? rest
            : null;

    private Edit? EditOf(GroupRange range, IReadOnlyList<StatementSyntax>? written, Edit? otherwise)
    {
        if (written is null)
        {
            return null;
        }

        var first = range.Statements[0];
        var last = range.Statements[range.Statements.Count - 1];
        var indentation = SyntaxFactory.Whitespace(Site.IndentationOf(first));
        var replacements = written.Select(statement => statement.WithLeadingTrivia(indentation)).ToList();
        replacements[0] = replacements[0].WithLeadingTrivia(first.GetLeadingTrivia());
        replacements[replacements.Count - 1] = replacements[replacements.Count - 1].WithTrailingTrivia(
            last.GetTrailingTrivia().Where(end => end.IsKind(SyntaxKind.EndOfLineTrivia)));
        var edit = new Edit(title) { Otherwise = otherwise }.Replace(first, replacements);
        foreach (var statement in range.Statements.Skip(1))
        {
            edit.Remove(statement);
        }

        return edit;
    }
}
