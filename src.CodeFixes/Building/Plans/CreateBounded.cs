namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Bounds a buffer. How many items it is to hold, and whether its producer may wait, only a person knows.
/// </summary>
internal sealed class CreateBounded : Plan
{
    private const int Capacity = 1000;

    private static readonly string Title = $"Bound it: at most {Capacity} items, then the producer waits";

    public override bool NeedsDecision => true;

    public override Edit? For(Site site) =>
        MayRefuse(site)
            ? null
            : site.Node switch
            {
                InvocationExpressionSyntax call => OfChannel(site, call),
                BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 0 } } creation =>
                    new Edit(Title).Replace(
                        creation,
                        creation.WithArgumentList((ArgumentListSyntax)With(
                            creation.ArgumentList!, $"boundedCapacity: {Capacity}"))),
                _ => null,
            };

    private static Edit? OfChannel(Site site, InvocationExpressionSyntax call)
    {
        var name = call.Expression.DescendantNodesAndSelf().OfType<GenericNameSyntax>().LastOrDefault();
        if (name is not { Identifier.ValueText: "CreateUnbounded" })
        {
            return null;
        }

        var bounded = name.WithIdentifier(
            SyntaxFactory.Identifier("CreateBounded").WithTriviaFrom(name.Identifier));
        switch (call.ArgumentList.Arguments)
        {
            case []:
                return new Edit(Title).Replace(
                    call,
                    call.WithExpression(call.Expression.ReplaceNode(name, bounded))
                        .WithArgumentList((ArgumentListSyntax)With(call.ArgumentList, $"{Capacity}")));

            // All that can be set of the one can be set of the other.
            case [{ Expression: ObjectCreationExpressionSyntax { Type: var type } options }]
                when LastName(type) is { Identifier.ValueText: "UnboundedChannelOptions" } old:
                var capacity = (ArgumentListSyntax)With(SyntaxFactory.ArgumentList(), $"{Capacity}");
                var written = options
                    .WithType(type.ReplaceNode(old, SyntaxFactory.IdentifierName("BoundedChannelOptions"))
                        .WithoutTrailingTrivia())
                    .WithArgumentList(capacity.WithTrailingTrivia(
                        options.ArgumentList?.GetTrailingTrivia() ?? type.GetTrailingTrivia()));
                return new Edit(Title).Replace(
                    call,
                    call.ReplaceNodes(
                        new SyntaxNode[] { name, options },
                        (original, _) => original == name ? bounded : written));
            default:
                return null;
        }
    }

    private static SimpleNameSyntax? LastName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right,
        SimpleNameSyntax name => name,
        _ => null,
    };

    private static SyntaxNode With(ArgumentListSyntax list, string argument) =>
        list.WithArguments(
            ((InvocationExpressionSyntax)SyntaxFactory.ParseExpression($"F({argument})")).ArgumentList.Arguments);

    // A full buffer refuses what is only tried, and the item would be lost.
    private static bool MayRefuse(Site site) =>
        (site.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? site.Root).DescendantNodes()
            .OfType<SimpleNameSyntax>()
            .Any(name => name.Identifier.ValueText is "TryWrite" or "TryAdd");
}
