namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// Writes a delegate that takes an element as one that takes the child's token too: <c>(item, ct) =&gt; F(item)</c>.
/// </summary>
internal static class ItemBody
{
    public static LambdaExpressionSyntax? Of(Site site, ExpressionSyntax selector, ExpressionSyntax? token)
    {
        var names = new Names(site);
        switch (selector)
        {
            case LambdaExpressionSyntax { AsyncKeyword.RawKind: 0, ExpressionBody: { } work } lambda
                when ItemOf(lambda) is { } item:
                return (LambdaExpressionSyntax?)Child.Of(site, work, token, names, ChildForm.PerItem)
                    ?.PerItem(item.Text);

            case AnonymousFunctionExpressionSyntax { AsyncKeyword.RawKind: not 0 } lambda
                when ItemOf(lambda) is { } item:
                var tokens = new Tokens(site);
                var ct = names.ForParameter("ct", tokens.SymbolOf(token));
                var body = lambda.Body.ReplaceNodes(
                    tokens.PlacesIn(lambda.Body, token),
                    (place, _) => SyntaxFactory.IdentifierName(ct).WithTriviaFrom(place));
                return (LambdaExpressionSyntax)Code.Expression($"async ({item.Text}, {ct}) => $0", body);

            case IdentifierNameSyntax or MemberAccessExpressionSyntax
                when site.Model.GetSymbolInfo(selector, site.CancellationToken).Symbol is IMethodSymbol
                {
                    Parameters: [{ RefKind: RefKind.None, Name: var parameter }], ReturnType: var result,
                }:
                var element = names.ForParameter(parameter);
                var run = Code.Expression($"$0({element})", selector.WithoutTrivia());
                var task = site.Awaitables.IsTask(result) ? run
                    : site.Awaitables.IsValueTask(result) ? Code.Expression("$0.AsTask()", run) : null;
                return task is null
                    ? null
                    : (LambdaExpressionSyntax)Code.Expression($"({element}, {names.ForParameter("ct")}) => $0", task);

            default:
                return null;
        }
    }

    /// <summary>The name of the one element that the function takes; null if it takes more, or by reference.</summary>
    public static SyntaxToken? ItemOf(AnonymousFunctionExpressionSyntax function) => function switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter.Identifier,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var single] } => ItemOf(single),
        AnonymousMethodExpressionSyntax { ParameterList.Parameters: [var single] } => ItemOf(single),
        _ => null,
    };

    private static SyntaxToken? ItemOf(ParameterSyntax parameter) =>
        parameter is { AttributeLists.Count: 0, Modifiers.Count: 0, Default: null } ? parameter.Identifier : null;
}
