namespace ScopedTasks.CodeFixes.Building;

/// <summary>Decides whether work reaches something that its function disposes, and so must not outlive it.</summary>
internal static class OwnedResources
{
    public static bool AreUsedBy(Site site, ExpressionSyntax work) =>
        work.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(identifier =>
            site.Model.GetSymbolInfo(identifier, site.CancellationToken).Symbol is ILocalSymbol local
            && IsDisposed(local, site));

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
