namespace ScopedTasks.Analyzers.Flow;

/// <summary>Lists the expressions at a diagnostic's node that may be the start it speaks of.</summary>
internal static class StartNodes
{
    /// <summary>
    /// The node itself and, as in the compiler's <c>DoAsync().ConfigureAwait(false)</c>, what stands inside it;
    /// receivers last, because an outer call starts work of its own or only passes on what an inner one started.
    /// </summary>
    public static IEnumerable<ExpressionSyntax> Of(SyntaxNode node)
    {
        var current = node switch
        {
            ExpressionStatementSyntax statement => statement.Expression,
            GlobalStatementSyntax { Statement: ExpressionStatementSyntax statement } => statement.Expression,
            ArrowExpressionClauseSyntax arrow => arrow.Expression,
            ArgumentSyntax argument => argument.Expression,
            _ => node as ExpressionSyntax,
        };

        while (current is not null)
        {
            if (current is InvocationExpressionSyntax or AnonymousFunctionExpressionSyntax or SimpleNameSyntax
                or MemberAccessExpressionSyntax)
            {
                yield return current;
            }

            if (current is ConditionalExpressionSyntax choice)
            {
                foreach (var start in Of(choice.WhenTrue))
                {
                    yield return start;
                }
            }

            current = Inside(current);
        }
    }

    /// <summary>What a rule says of the first of the nodes of which it says something.</summary>
    public static Finding? FirstFinding(
        this IEnumerable<SyntaxNode> candidates,
        SemanticModel model,
        Func<IOperation, Finding?> ask,
        CancellationToken cancellationToken)
    {
        foreach (var candidate in candidates)
        {
            if (model.GetOperation(candidate, cancellationToken) is { } operation && ask(operation) is { } finding)
            {
                return finding;
            }
        }

        return null;
    }

    private static ExpressionSyntax? Inside(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        ConditionalAccessExpressionSyntax access => access.WhenNotNull,
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        AssignmentExpressionSyntax assignment => assignment.Right,
        ConditionalExpressionSyntax choice => choice.WhenFalse,
        CastExpressionSyntax cast => cast.Expression,
        PostfixUnaryExpressionSyntax postfix => postfix.Operand,
        _ => null,
    };
}
