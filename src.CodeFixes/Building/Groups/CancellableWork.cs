namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>Works as delegates that take a token, and the one token that they passed before.</summary>
/// <param name="Delegates">The delegates: each hands its token to its work.</param>
/// <param name="Token">The token that the works passed; null for none.</param>
internal sealed record CancellableWork(IReadOnlyList<ExpressionSyntax> Delegates, ExpressionSyntax? Token)
{
    /// <summary>The works; null where one of them cannot take the token, or they pass different ones.</summary>
    public static CancellableWork? Of(Site site, IReadOnlyList<ExpressionSyntax> works, ExpressionSyntax? token = null)
    {
        var passed = token is null ? works : [.. works, token];
        if (!new Tokens(site).TryFind(passed.Select(AsArgument), out var common))
        {
            return null;
        }

        var names = new Names(site);
        var delegates = new List<ExpressionSyntax>();
        foreach (var work in works)
        {
            if (Child.Of(site, work, common, names, ChildForm.Detached) is not { Hoisted.IsEmpty: true } child
                || !TakesToken(child.Delegate))
            {
                return null;
            }

            delegates.Add(child.Delegate);
        }

        return new(delegates, common);

        // A token that stands alone is found where it is an argument.
        ExpressionSyntax AsArgument(ExpressionSyntax expression) =>
            expression == token
                ? expression.FirstAncestorOrSelf<InvocationExpressionSyntax>() ?? expression
                : expression;
    }

    private static bool TakesToken(ExpressionSyntax function) =>
        function is SimpleLambdaExpressionSyntax { Parameter.Identifier.ValueText: var token, Body: var body }
        && body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == token);
}
