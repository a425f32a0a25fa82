namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// A declaration that exists only to keep a value which nobody uses; a fix puts a statement in its place.
/// </summary>
/// <param name="Declaration">The declaration, of one variable that is named nowhere else.</param>
/// <param name="Value">What it keeps.</param>
internal sealed record LostLocal(LocalDeclarationStatementSyntax Declaration, ExpressionSyntax Value)
{
    public static LostLocal? Of(Site site, IOperation? loss) =>
        loss is IVariableDeclaratorOperation { Syntax: VariableDeclaratorSyntax { Initializer: { } kept } }
            ? Of(site, kept)
            : null;

    public static LostLocal? Of(Site site, EqualsValueClauseSyntax kept) =>
        kept.Parent is VariableDeclaratorSyntax
        {
            Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local },
        } variable
        && site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is ILocalSymbol symbol
        && !IsNamedAgain(site, symbol)
            ? new(local, kept.Value)
            : null;

    private static bool IsNamedAgain(Site site, ILocalSymbol local) =>
        site.Member.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == local.Name
            && SymbolEqualityComparer.Default.Equals(
                site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, local));
}
