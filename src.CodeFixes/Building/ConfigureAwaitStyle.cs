namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Decides whether the awaits that a fix writes get <c>ConfigureAwait(false)</c>: where all others have it.
/// </summary>
internal static class ConfigureAwaitStyle
{
    public static bool IsFalseIn(Site site)
    {
        var found = false;
        foreach (var awaited in OwnNodes.Of(site.Function.Root.Syntax).OfType<AwaitExpressionSyntax>())
        {
            if (!IsConfiguredFalse(awaited.Expression))
            {
                return false;
            }

            found = true;
        }

        return found;
    }

    public static bool IsConfigured(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
        };

    private static bool IsConfiguredFalse(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { ArgumentList.Arguments: [var argument] }
        && IsConfigured(expression)
        && argument.Expression.IsKind(SyntaxKind.FalseLiteralExpression);
}
