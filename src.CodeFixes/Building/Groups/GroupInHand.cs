using ScopedTasks.Analyzers.Flow.TaskGroups;

namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>The task group that a site can spawn into, as <see cref="GroupsInHand"/> finds it.</summary>
/// <param name="Name">How the group is written.</param>
/// <param name="IsBounded">Whether it is seen to have a limit, so that a spawning loop must wait for a slot.</param>
/// <param name="Symbol">What holds it.</param>
internal sealed record GroupInHand(string Name, bool IsBounded, ISymbol Symbol)
{
    public ExpressionSyntax Reference => SyntaxFactory.IdentifierName(Name);

    /// <summary>Whether the group is there for longer than any work: nobody waits for it to run empty.</summary>
    public bool IsOwned => Symbol is IFieldSymbol;

    /// <summary>Whether the group is joined before the resource is disposed: it was opened later.</summary>
    public bool EndsBefore(ILocalSymbol resource) =>
        Symbol is ILocalSymbol or IParameterSymbol
        {
            ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.LambdaMethod },
        }
        && Symbol.Locations[0].SourceSpan.Start > resource.Locations[0].SourceSpan.Start;

    public static GroupInHand? At(Site site)
    {
        var member = site.Model.GetEnclosingSymbol(site.Node.SpanStart, site.CancellationToken);
        return (new GroupsInHand(site.Types).NearestTo(site.Start, member) ?? GivenTo(member, site)) is { } nearest
            ? new(nearest.Name, IsSeenBounded(site, nearest), nearest)
            : null;
    }

    // What the type's primary constructor was given: no rule counts on it, as the type need not keep it.
    private static ISymbol? GivenTo(ISymbol? member, Site site)
    {
        foreach (var constructor in member?.ContainingType?.InstanceConstructors ?? ImmutableArray<IMethodSymbol>.Empty)
        {
            if (constructor.DeclaringSyntaxReferences is [var declaration]
                && declaration.GetSyntax(site.CancellationToken) is TypeDeclarationSyntax)
            {
                return site.Model.LookupSymbols(site.Node.SpanStart).FirstOrDefault(symbol =>
                    symbol is IParameterSymbol parameter
                    && parameter.Type.Is(site.Types.TaskGroup)
                    && parameter.NullableAnnotation != NullableAnnotation.Annotated
                    && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, constructor));
            }
        }

        return null;
    }

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
                && Analyzers.Flow.TaskGroups.Groups.LimitOf(call) == GroupLimit.Set)
            {
                return true;
            }
        }

        return false;
    }
}
