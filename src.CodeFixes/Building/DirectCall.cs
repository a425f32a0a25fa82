namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Finds the call within a start on the thread pool that can stand in its place: <c>Task.Run(() =&gt; F())</c>.
/// </summary>
internal static class DirectCall
{
    public static ExpressionSyntax? In(SyntaxNode start) =>
        start is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var work }] }
            ? work switch
            {
                AnonymousFunctionExpressionSyntax { ExpressionBody: { } value } => Awaited(value),
                AnonymousFunctionExpressionSyntax { Block.Statements: [var only] } => only switch
                {
                    ReturnStatementSyntax { Expression: { } value } => Awaited(value),
                    ExpressionStatementSyntax { Expression: var value } => Awaited(value),
                    _ => null,
                },
                IdentifierNameSyntax or MemberAccessExpressionSyntax => Code.Expression("$0()", work.WithoutTrivia()),
                _ => null,
            }
            : null;

    // How the lambda went on after its await is not how the function does.
    private static ExpressionSyntax Awaited(ExpressionSyntax value)
    {
        value = Expressions.Unparenthesized(value);
        if (value is not AwaitExpressionSyntax { Expression: var task })
        {
            return value;
        }

        return task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var inner } }
            && ConfigureAwaitStyle.IsConfigured(task)
                ? inner
                : task;
    }
}
