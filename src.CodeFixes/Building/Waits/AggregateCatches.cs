namespace ScopedTasks.CodeFixes.Building.Waits;

/// <summary>Decides whether a <c>catch</c> around the site counts on the exception that only blocking throws.</summary>
internal static class AggregateCatches
{
    public static bool Surround(Site site)
    {
        var child = site.Node;
        for (var parent = child.Parent; parent is not null && !IsFunction(parent); parent = parent.Parent)
        {
            if (parent is TryStatementSyntax @try && @try.Block == child && @try.Catches.Any(Unwraps))
            {
                return true;
            }

            child = parent;
        }

        return false;
    }

    private static bool Unwraps(CatchClauseSyntax clause) =>
        clause.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText is
            "AggregateException" or "InnerException" or "InnerExceptions" or "Flatten" or "GetBaseException");

    private static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax;
}
