namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>Recognises <c>await Task.WhenAll(..)</c>.</summary>
internal static class WhenAllCall
{
    /// <summary>
    /// The whole awaiting expression, <c>ConfigureAwait</c> included; null if the call is another or not awaited.
    /// </summary>
    public static AwaitExpressionSyntax? AwaitOf(Site site, InvocationExpressionSyntax call)
    {
        if (site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol
                is not IMethodSymbol { Name: "WhenAll" } method
            || !method.ContainingType.Is(site.Types.Task)
            || call.ArgumentList.Arguments.Count != 1)
        {
            return null;
        }

        ExpressionSyntax current = call;
        while (current.Parent is ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax,
            })
        {
            current = current.Parent is MemberAccessExpressionSyntax
                ? (ExpressionSyntax)current.Parent.Parent!
                : (ExpressionSyntax)current.Parent;
        }

        return current.Parent as AwaitExpressionSyntax;
    }
}
