namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>What the lambda of a group gives to the statement that awaits it.</summary>
/// <param name="Prefix">What stands before <c>await</c>: nothing, <c>return</c>, or the variables that are
/// assigned.</param>
/// <param name="TypeArgument">The explicit <c>&lt;T&gt;</c>, where the lambda's returns do not tell it.</param>
/// <param name="Tail">The statement that hands out what is read after the group.</param>
internal sealed record GroupValue(string Prefix, string TypeArgument, StatementSyntax? Tail)
{
    public static GroupValue None { get; } = new("", "", null);

    public bool Exists => Prefix.Length > 0;

    /// <summary>The function's result: the lambda returns where the function did.</summary>
    public static GroupValue OfReturns(Site site, IReadOnlyList<ExpressionSyntax> returned, ITypeSymbol result)
    {
        var isNatural = returned.Count > 0 && returned.All(expression => HasNaturalType(site, expression, result));
        var argument = isNatural ? "" : $"<{result.ToMinimalDisplayString(site.Model, site.Node.SpanStart)}>";
        return new("return ", argument, null);
    }

    /// <summary>Variables that are read after the group; so they are assigned there for the compiler, too.</summary>
    public static GroupValue OfVariables(Site site, ImmutableArray<ISymbol> variables)
    {
        var names = string.Join(", ", variables.Select(variable => variable.Name));
        var text = variables.Length == 1 ? names : $"({names})";
        return new($"{text} = ", "", Code.Statement($"return {text};{site.NewLine}"));
    }

    private static bool HasNaturalType(Site site, ExpressionSyntax expression, ITypeSymbol result) =>
        !expression.DescendantNodesAndSelf().Any(node => node is ImplicitObjectCreationExpressionSyntax
            || node.IsKind(SyntaxKind.DefaultLiteralExpression) || node.IsKind(SyntaxKind.NullLiteralExpression))
        && SymbolEqualityComparer.Default.Equals(
            site.Model.GetTypeInfo(expression, site.CancellationToken).Type, result);
}
