namespace ScopedTasks.CodeFixes.Building;

/// <summary>Finds the calls of a function, if this document has all that names it and calls are all it has.</summary>
/// <remarks><c>nameof</c> does not count. A method group is more than a call, and so is another document.</remarks>
internal static class CallSites
{
    /// <summary>The calls; null where something else than a call of this document names the function.</summary>
    public static IReadOnlyList<InvocationExpressionSyntax>? Of(Site site, IMethodSymbol function)
    {
        var calls = new List<InvocationExpressionSyntax>();
        foreach (var scope in ScopesOf(site, function))
        {
            var isHere = scope.SyntaxTree == site.Root.SyntaxTree;
            var model = isHere ? site.Model : site.Model.Compilation.GetSemanticModel(scope.SyntaxTree);
            foreach (var name in NamesIn(scope, function, model, site.CancellationToken))
            {
                if (!isHere || CallOf(name) is not { } call)
                {
                    return null;
                }

                calls.Add(call);
            }
        }

        return calls;
    }

    private static IEnumerable<SimpleNameSyntax> NamesIn(
        SyntaxNode scope, IMethodSymbol function, SemanticModel model, CancellationToken cancellationToken) =>
        scope.DescendantNodes().OfType<SimpleNameSyntax>().Where(name =>
            name.Identifier.ValueText == function.Name
            && !IsInNameOf(name)
            && model.GetSymbolInfo(name, cancellationToken) is var info
            && (Is(info.Symbol, function) || info.CandidateSymbols.Any(candidate => Is(candidate, function))));

    private static bool Is(ISymbol? symbol, IMethodSymbol function) =>
        symbol is IMethodSymbol method
        && SymbolEqualityComparer.Default.Equals(
            (method.ReducedFrom ?? method).OriginalDefinition, function.OriginalDefinition);

    private static InvocationExpressionSyntax? CallOf(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax call => call.Expression == name ? call : null,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
            when access.Name == name && call.Expression == access => call,
        _ => null,
    };

    private static bool IsInNameOf(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<ArgumentSyntax>()?.Parent?.Parent is InvocationExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
        };

    private static IEnumerable<SyntaxNode> ScopesOf(Site site, IMethodSymbol function)
    {
        if (function.MethodKind == MethodKind.LocalFunction)
        {
            return [site.Member];
        }

        if (function.DeclaredAccessibility != Accessibility.Private)
        {
            return site.Model.Compilation.SyntaxTrees.Select(tree => tree.GetRoot(site.CancellationToken));
        }

        var type = function.ContainingType;
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        return type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(site.CancellationToken));
    }
}
