using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>Decides whether work reaches something that its function disposes, or that ends with the request.</summary>
internal static class OwnedResources
{
    public static bool AreUsedBy(Site site, ExpressionSyntax work) => UsedBy(site, work).Any();

    /// <summary>The locals that the work uses and that the function around it disposes.</summary>
    public static IEnumerable<ILocalSymbol> UsedBy(Site site, ExpressionSyntax work) =>
        work.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(identifier => site.Model.GetSymbolInfo(identifier, site.CancellationToken).Symbol)
            .OfType<ILocalSymbol>()
            .Where(local => !Captures.AreOwn(local, work) && IsDisposed(local, site));

    /// <summary>The same, and what a request disposes: its context, a unit of work.</summary>
    public static bool OrRequestsAreUsedBy(Site site, ExpressionSyntax work) =>
        AreUsedBy(site, work)
        || work.DescendantNodesAndSelf().OfType<ExpressionSyntax>().Any(expression =>
            LifetimeTypes.Of(site.Types).EndsWithRequest(
                site.Model.GetTypeInfo(expression, site.CancellationToken).Type));

    private static bool IsDisposed(ILocalSymbol local, Site site)
    {
        if (local.IsUsing)
        {
            return true;
        }

        foreach (var reference in local.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(site.CancellationToken).Parent?.Parent is UsingStatementSyntax)
            {
                return true;
            }
        }

        return site.Member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access =>
            access.Name.Identifier.ValueText is "Dispose" or "DisposeAsync"
            && access.Expression is IdentifierNameSyntax receiver
            && receiver.Identifier.ValueText == local.Name);
    }
}
