namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Finds names for what a fix declares: the plain one, numbered from 1 where the member uses it already.
/// </summary>
internal sealed class Names(Site site)
{
    private readonly HashSet<string> _taken = [];

    /// <summary>
    /// A name that nothing in the member has; the symbol that it may shadow does not count from C# 8 on.
    /// </summary>
    public string Fresh(string name, ISymbol? shadowed = null)
    {
        var candidate = name;
        for (var number = 1; !IsFree(candidate, shadowed); number++)
        {
            candidate = name + number;
        }

        _taken.Add(candidate);
        return candidate;
    }

    /// <summary>A name for a lambda's parameter: its siblings may have the same.</summary>
    public string ForParameter(string name, ISymbol? shadowed = null)
    {
        var fresh = Fresh(name, shadowed);
        _taken.Remove(fresh);
        return fresh;
    }

    private bool IsFree(string name, ISymbol? shadowed)
    {
        if (_taken.Contains(name))
        {
            return false;
        }

        foreach (var token in site.Member.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken)
                && token.ValueText == name
                && !IsQualified(token)
                && !IsElsewhere(SymbolOf(token), shadowed))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsQualified(SyntaxToken token) => token.Parent is SimpleNameSyntax name && name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax => true,
        NameColonSyntax => true,
        QualifiedNameSyntax qualified => qualified.Right == name,
        _ => false,
    };

    // Whether the new name takes nothing from that symbol: it is meant to be shadowed, or its scope ended before the
    // site, or it belongs to a function within, where it hides the new name.
    private bool IsElsewhere(ISymbol? symbol, ISymbol? shadowed)
    {
        var mayShadow = site.Language >= LanguageVersion.CSharp8;
        if (symbol is not (ILocalSymbol or IParameterSymbol) || symbol.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        if (SymbolEqualityComparer.Default.Equals(symbol, shadowed))
        {
            return mayShadow;
        }

        var declaration = symbol.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken);
        var scope = declaration.Ancestors().FirstOrDefault(IsScope);
        return scope?.Span.Contains(site.Node.Span) == false
            && (scope.Span.End <= site.Node.SpanStart || (mayShadow && declaration.Ancestors()
                .TakeWhile(ancestor => !ancestor.Span.Contains(site.Node.Span)).Any(OwnNodes.IsFunction)));
    }

    private static bool IsScope(SyntaxNode node) => node is BlockSyntax or SwitchSectionSyntax or CatchClauseSyntax
        or CommonForEachStatementSyntax or ForStatementSyntax or UsingStatementSyntax or FixedStatementSyntax
        or MemberDeclarationSyntax || OwnNodes.IsFunction(node);

    private ISymbol? SymbolOf(SyntaxToken token) => token.Parent is { } node
        ? site.Model.GetSymbolInfo(node, site.CancellationToken).Symbol
            ?? site.Model.GetDeclaredSymbol(node, site.CancellationToken)
        : null;
}
