namespace ScopedTasks.CodeFixes.Building;

/// <summary>A local that is declared with a value, and named once: its name can give way to the value.</summary>
/// <param name="Declaration">The declaration, of this variable alone.</param>
/// <param name="Value">Its value.</param>
internal sealed record KeptLocal(LocalDeclarationStatementSyntax Declaration, ExpressionSyntax Value)
{
    /// <summary>The local of a name; null where another name, or more than one mention, stands in the way.</summary>
    public static KeptLocal? Of(Site site, IdentifierNameSyntax name) =>
        site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol is ILocalSymbol
        {
            DeclaringSyntaxReferences: [var reference],
        } local
        && reference.GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax
        {
            Initializer.Value: { } value,
            Parent: VariableDeclarationSyntax
            {
                Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration,
            },
        }
        && MentionsOf(site, local).Count() == 1
            ? new(declaration, value)
            : null;

    /// <summary>Where the member names the local.</summary>
    public static IEnumerable<IdentifierNameSyntax> MentionsOf(Site site, ILocalSymbol local) =>
        site.Member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Identifier.ValueText == local.Name
            && SymbolEqualityComparer.Default.Equals(
                site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, local));

    /// <summary>Whether nothing but declarations of tasks stands between it and the statement of the node.</summary>
    public bool StandsBefore(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
            || StatementList.Around(Declaration) is not { Statements: var statements })
        {
            return false;
        }

        var (first, last) = (statements.IndexOf(Declaration), statements.IndexOf(statement));
        return last > first && statements.Skip(first + 1).Take(last - first - 1).All(between =>
            between is LocalDeclarationStatementSyntax
            {
                Declaration.Variables: [{ Initializer.Value: InvocationExpressionSyntax }],
            });
    }
}
