namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>The starts that one group takes, from the first to the end of its block.</summary>
internal sealed class GroupStarts
{
    private readonly List<(StatementSyntax Statement, ExpressionSyntax Work)> _statements = [];

    public GroupStarts(Site site, ImmutableArray<StatementSyntax> range)
    {
        Range = range;
        for (var index = 0; index < Range.Length; index++)
        {
            if (WorkIn(site, Range[index], index == 0) is not { } work)
            {
                continue;
            }

            // A resource that was opened after the first start would be disposed before the group has joined this one.
            if (ResourceOf(site, work, Range.Take(index)) is { } resource)
            {
                Range = Range.RemoveRange(Range.IndexOf(resource), Range.Length - Range.IndexOf(resource));
                _statements.RemoveAll(start => !Range.Contains(start.Statement));
                return;
            }

            _statements.Add((Range[index], work));
        }
    }

    /// <summary>What the group wraps.</summary>
    public ImmutableArray<StatementSyntax> Range { get; }

    public IReadOnlyList<(StatementSyntax Statement, ExpressionSyntax Work)> Statements => _statements;

    public IEnumerable<ExpressionSyntax> Works => _statements.Select(start => start.Work);

    /// <summary>Whether there is a single start with nothing beside it: that is awaited, no group helps.</summary>
    public bool IsLone => _statements.Count < 2 && Range.Skip(1).All(statement => statement is ReturnStatementSyntax
        {
            Expression: null or IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax,
        });

    private static ExpressionSyntax? WorkIn(Site site, StatementSyntax statement, bool isSite)
    {
        if (statement is not ExpressionStatementSyntax { Expression: var expression })
        {
            return null;
        }

        if (isSite)
        {
            return DroppedWork.Of(site.Node)?.Work;
        }

        // Only what was dropped in the same manner joins the group: a deliberate discard is another decision.
        var isDiscard = expression is AssignmentExpressionSyntax
        {
            Left: IdentifierNameSyntax { Identifier.ValueText: "_" },
        };
        var work = isDiscard ? ((AssignmentExpressionSyntax)expression).Right : expression;
        return isDiscard == (site.Finding.Rule == Descriptors.DiscardedTask)
            && work is InvocationExpressionSyntax call
            && StartOf.Kind(site, call) != StartKind.Unsupported
            && DroppedWork.Of(call) is { Guard: null }
                ? call
                : null;
    }

    private static StatementSyntax? ResourceOf(Site site, ExpressionSyntax work, IEnumerable<StatementSyntax> before)
    {
        foreach (var statement in before.OfType<LocalDeclarationStatementSyntax>())
        {
            if (statement.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)
                && work.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(identifier =>
                    statement.Declaration.Variables.Any(variable =>
                        variable.Identifier.ValueText == identifier.Identifier.ValueText)))
            {
                return statement;
            }
        }

        return null;
    }
}
