using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// The task group that a site can spawn into: the nearest local or parameter, else a field of the type.
/// </summary>
/// <param name="Name">How the group is written.</param>
/// <param name="IsBounded">Whether it is seen to have a limit, so that a spawning loop must wait for a slot.</param>
/// <param name="Symbol">What holds it.</param>
internal sealed record GroupInHand(string Name, bool IsBounded, ISymbol Symbol)
{
    public ExpressionSyntax Reference => SyntaxFactory.IdentifierName(Name);

    /// <summary>Whether the group is joined before the resource is disposed: it was opened later.</summary>
    public bool EndsBefore(ILocalSymbol resource) =>
        Symbol is ILocalSymbol or IParameterSymbol
        {
            ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.LambdaMethod },
        }
        && Symbol.Locations[0].SourceSpan.Start > resource.Locations[0].SourceSpan.Start;

    public static GroupInHand? At(Site site)
    {
        var position = site.Node.SpanStart;
        ISymbol? nearest = null;
        foreach (var symbol in site.Model.LookupSymbols(position))
        {
            if (TypeOf(symbol).Is(site.Types.TaskGroup) && IsUsable(symbol, site) && IsNearer(symbol, nearest))
            {
                nearest = symbol;
            }
        }

        return nearest is null ? null : new(nearest.Name, IsSeenBounded(site, nearest), nearest);
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol { IsImplicitlyDeclared: false } field => field.Type,
        _ => null,
    };

    private static bool IsUsable(ISymbol symbol, Site site) => symbol switch
    {
        ILocalSymbol local => local.Locations[0].SourceSpan.End < site.Node.SpanStart,
        IFieldSymbol field => SymbolEqualityComparer.Default.Equals(
            field.ContainingType, site.Model.GetEnclosingSymbol(site.Node.SpanStart)?.ContainingType),
        _ => true,
    };

    private static bool IsNearer(ISymbol symbol, ISymbol? other) =>
        other is null
        || (symbol is not IFieldSymbol
            && (other is IFieldSymbol || symbol.Locations[0].SourceSpan.Start > other.Locations[0].SourceSpan.Start));

    private static bool IsSeenBounded(Site site, ISymbol group)
    {
        foreach (var reference in group.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(site.CancellationToken);
            var opening = declaration switch
            {
                ParameterSyntax => declaration.FirstAncestorOrSelf<InvocationExpressionSyntax>(),
                VariableDeclaratorSyntax { Initializer.Value: var value } => value,
                _ => null,
            };
            if (opening is not null
                && opening.SyntaxTree == site.Root.SyntaxTree
                && site.Model.GetOperation(opening, site.CancellationToken) is IInvocationOperation call
                && Analyzers.Flow.Groups.LimitOf(call) == GroupLimit.Set)
            {
                return true;
            }
        }

        return false;
    }
}
