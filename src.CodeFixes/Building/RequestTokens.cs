namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Decides whether the tokens that a start passes are a request's, which must not end detached work. Any other token is
/// its owner's way to stop the work.
/// </summary>
internal static class RequestTokens
{
    public static bool AreOnlyOnesIn(Site site, ExpressionSyntax work) =>
        new Tokens(site).PassedIn(work).All(token => IsRequests(site, token));

    private static bool IsRequests(Site site, ExpressionSyntax token) =>
        token is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "RequestAborted" }
        || (site.Model.GetSymbolInfo(token, site.CancellationToken).Symbol is IParameterSymbol parameter
            && (IsActionOfController(parameter) || IsRouteHandler(parameter, site)));

    private static bool IsActionOfController(IParameterSymbol parameter)
    {
        for (var type = parameter.ContainingSymbol.ContainingType; type is not null; type = type.BaseType)
        {
            if (type is { Name: "ControllerBase", ContainingNamespace.Name: "Mvc" })
            {
                return parameter.ContainingSymbol.DeclaredAccessibility == Accessibility.Public;
            }
        }

        return false;
    }

    private static bool IsRouteHandler(IParameterSymbol parameter, Site site) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(site.CancellationToken)
            .FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is
        {
            Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call },
        }
        && call.Expression is MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" or "MapMethods",
        };
}
