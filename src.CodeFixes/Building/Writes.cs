namespace ScopedTasks.CodeFixes.Building;

/// <summary>Finds where variables are written after their declaration.</summary>
internal static class Writes
{
    /// <summary>Whether a variable may get another value after the node was evaluated.</summary>
    public static bool AreAfter(Site site, SyntaxNode node, ISymbol variable) =>
        To(site, variable).Any(write =>
            write.SpanStart > node.Span.End
            || write.Ancestors().TakeWhile(ancestor => !ancestor.Span.Contains(node.Span)).Any(OwnNodes.IsFunction)
            || write.Ancestors().Any(ancestor =>
                BodyOf(ancestor) is { } body
                && ancestor.Span.Contains(node.Span)
                && !DeclarationOf(variable).Any(declaration => body.Span.Contains(declaration.Span))));

    /// <summary>Whether a function within the member writes a variable that is not its own.</summary>
    public static bool AreInNestedFunctions(Site site, ISymbol variable) =>
        To(site, variable).Any(write => write.Ancestors()
            .TakeWhile(ancestor => !DeclarationOf(variable).Any(declaration => ancestor.Contains(declaration)))
            .Any(OwnNodes.IsFunction));

    private static IEnumerable<IdentifierNameSyntax> To(Site site, ISymbol variable) =>
        site.Member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(identifier =>
            identifier.Identifier.ValueText == variable.Name
            && IsWrite(identifier)
            && SymbolEqualityComparer.Default.Equals(
                site.Model.GetSymbolInfo(identifier, site.CancellationToken).Symbol, variable));

    private static IEnumerable<SyntaxNode> DeclarationOf(ISymbol variable) =>
        variable.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax());

    private static StatementSyntax? BodyOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        _ => null,
    };

    private static bool IsWrite(IdentifierNameSyntax identifier) => identifier.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == identifier,
        PostfixUnaryExpressionSyntax unary => !unary.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression)
            || unary.IsKind(SyntaxKind.PreDecrementExpression) || unary.IsKind(SyntaxKind.AddressOfExpression),
        ArgumentSyntax { Parent: TupleExpressionSyntax } => true,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax => true,
        _ => false,
    };
}
