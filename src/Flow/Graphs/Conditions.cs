namespace ScopedTasks.Analyzers.Flow.Graphs;

/// <summary>Decides whether a place runs under a condition of its own.</summary>
internal static class Conditions
{
    /// <summary>Whether nothing chooses between the place and the node around it.</summary>
    public static bool AreNone(SyntaxNode place, SyntaxNode around)
    {
        var child = place;
        for (var node = place.Parent; node is not null && node != around; node = node.Parent)
        {
            if (node is IfStatementSyntax @if ? @if.Condition != child
                : node is WhileStatementSyntax @while ? @while.Condition != child
                : node is CommonForEachStatementSyntax loop ? loop.Expression != child
                : node is ElseClauseSyntax or SwitchStatementSyntax or SwitchExpressionSyntax
                    or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or ForStatementSyntax
                    or CatchClauseSyntax
                    or BinaryExpressionSyntax
                    {
                        RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.LogicalAndExpression
                            or (int)SyntaxKind.LogicalOrExpression,
                    })
            {
                return false;
            }

            child = node;
        }

        return true;
    }
}
