namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>Decides what a lambda cannot capture: references, ref structs, and what belongs to a struct.</summary>
internal static class Captures
{
    /// <summary>Whether the expression reads something that no lambda around it could.</summary>
    public static bool AreImpossible(Site site, ExpressionSyntax expression) =>
        expression.DescendantNodesAndSelf().Any(node =>
            node switch
            {
                IdentifierNameSyntax name => IsImpossible(site, name, expression),
                ThisExpressionSyntax or BaseExpressionSyntax => IsInStruct(site),
                _ => false,
            });

    public static bool AreImpossible(IParameterSymbol parameter) =>
        parameter.RefKind != RefKind.None
        || parameter.Type.IsRefLikeType
        || (parameter.IsThis && parameter.Type.IsValueType)
        || (!parameter.IsThis && IsOfPrimaryConstructor(parameter) && parameter.ContainingType.IsValueType);

    /// <summary>Whether the variable is declared in the node: what a lambda declares it does not capture.</summary>
    public static bool AreOwn(ISymbol variable, SyntaxNode node) =>
        variable.DeclaringSyntaxReferences.Any(reference => node.Contains(reference.GetSyntax()));

    private static bool IsImpossible(Site site, IdentifierNameSyntax name, ExpressionSyntax within) =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol switch
        {
            ILocalSymbol local => (local.IsRef || local.Type.IsRefLikeType) && !AreOwn(local, within),
            IParameterSymbol parameter => AreImpossible(parameter) && !AreOwn(parameter, within),
            IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } or IMethodSymbol
            {
                IsStatic: false, MethodKind: MethodKind.Ordinary,
            } => IsInStruct(site) && IsOfThis(name),
            _ => false,
        };

    private static bool IsOfThis(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        MemberBindingExpressionSyntax or NameColonSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
        _ => true,
    };

    private static bool IsInStruct(Site site) =>
        site.Model.GetEnclosingSymbol(site.Node.SpanStart)?.ContainingType is { IsValueType: true };

    private static bool IsOfPrimaryConstructor(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);
}
