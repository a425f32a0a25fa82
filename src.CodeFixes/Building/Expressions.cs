namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// How expressions are written: <c>await</c> with the right parentheses and in the function's own style.
/// </summary>
internal static class Expressions
{
    /// <summary>
    /// <c>await operand</c>, with <c>ConfigureAwait(false)</c> where every other await of the function has it.
    /// </summary>
    public static AwaitExpressionSyntax Await(Site site, ExpressionSyntax operand)
    {
        var awaited = Unwrapped(operand.WithoutTrivia());
        if (!ConfigureAwaitStyle.IsConfigured(awaited) && ConfigureAwaitStyle.IsFalseIn(site))
        {
            awaited = Code.Expression("$0.ConfigureAwait(false)", AsReceiver(awaited));
        }

        return (AwaitExpressionSyntax)Code.Expression("await $0", AsOperand(awaited));
    }

    /// <summary>The expression in parentheses, unless it binds as tightly as a receiver must.</summary>
    public static ExpressionSyntax AsReceiver(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax
            or GenericNameSyntax or ThisExpressionSyntax or BaseExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or ObjectCreationExpressionSyntax or PredefinedTypeSyntax
            or AliasQualifiedNameSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }
            ? expression
            : Parenthesized(expression);

    /// <summary>
    /// The expression in parentheses, unless it binds as tightly as the operand of <c>await</c> must.
    /// </summary>
    public static ExpressionSyntax AsOperand(ExpressionSyntax expression) =>
        expression is PrefixUnaryExpressionSyntax or AwaitExpressionSyntax ? expression : AsReceiver(expression);

    /// <summary>The awaited expression as it must stand where the other one stood.</summary>
    public static ExpressionSyntax InPlaceOf(ExpressionSyntax original, ExpressionSyntax awaited) =>
        NeedsParentheses(original) ? Parenthesized(awaited).WithTriviaFrom(original) : awaited.WithTriviaFrom(original);

    /// <summary>
    /// Whether older compilers take <c>await (..)</c> for a call: in an interpolation they do not know of the function.
    /// </summary>
    public static bool IsReadAsCall(ExpressionSyntax original, AwaitExpressionSyntax awaited) =>
        awaited.Expression.GetFirstToken().IsKind(SyntaxKind.OpenParenToken)
        && original.FirstAncestorOrSelf<InterpolationSyntax>() is not null;

    private static bool NeedsParentheses(ExpressionSyntax original) => original.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == original,
        ElementAccessExpressionSyntax access => access.Expression == original,
        InvocationExpressionSyntax invocation => invocation.Expression == original,
        ConditionalAccessExpressionSyntax access => access.Expression == original,
        PostfixUnaryExpressionSyntax => true,
        RangeExpressionSyntax => true,
        SwitchExpressionSyntax => true,
        WithExpressionSyntax => true,
        _ => false,
    };

    // `(await t).Result` is `await await t` once it is awaited too.
    private static ExpressionSyntax Unwrapped(ExpressionSyntax operand) =>
        Unparenthesized(operand) is AwaitExpressionSyntax inner ? inner.WithoutTrivia() : operand;

    public static ExpressionSyntax Unparenthesized(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
        {
            expression = parenthesized.Expression;
        }

        return expression;
    }

    private static ParenthesizedExpressionSyntax Parenthesized(ExpressionSyntax expression) =>
        SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia());
}
