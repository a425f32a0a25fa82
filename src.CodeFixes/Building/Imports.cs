using Microsoft.CodeAnalysis.Simplification;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>Decides which of the types that an edit names stay qualified, since an import would not help.</summary>
/// <remarks>
/// The host finds out, too, that an import would take a name from somebody else; but newer ones leave the empty line
/// behind that came with it.
/// </remarks>
internal static class Imports
{
    /// <summary>The names of the types that nothing is imported for.</summary>
    public static IEnumerable<string> NotFor(SemanticModel after, CancellationToken cancellationToken)
    {
        var root = after.SyntaxTree.GetRoot(cancellationToken);
        foreach (var node in root.GetAnnotatedNodes(Simplifier.AddImportsAnnotation))
        {
            if (NameOf(node) is { } name
                && after.GetSymbolInfo(node, cancellationToken).Symbol is INamedTypeSymbol type
                && (!after.LookupNamespacesAndTypes(node.SpanStart, name: name).IsEmpty
                    || TakesNames(type.ContainingNamespace, after, root)))
            {
                yield return name;
            }
        }
    }

    /// <summary>The tree without the wish to import what these names stand for.</summary>
    public static SyntaxNode Without(SyntaxNode root, ISet<string> names) => names.Count == 0
        ? root
        : root.ReplaceNodes(
            root.GetAnnotatedNodes(Simplifier.AddImportsAnnotation)
                .Where(node => NameOf(node) is { } name && names.Contains(name)),
            (_, node) => node.WithoutAnnotations(Simplifier.AddImportsAnnotation));

    private static string? NameOf(SyntaxNode node) => node switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    // A name of the file that both would have then, as Unity's `Coroutine`.
    private static bool TakesNames(INamespaceSymbol imported, SemanticModel after, SyntaxNode root)
    {
        var names = new HashSet<string>(imported.GetTypeMembers().Select(type => type.Name), StringComparer.Ordinal);
        return root.DescendantTokens().Any(token =>
            token.IsKind(SyntaxKind.IdentifierToken)
            && names.Contains(token.ValueText)
            && token.Parent is SimpleNameSyntax name
            && !IsQualified(name)
            && after.LookupNamespacesAndTypes(token.SpanStart, name: token.ValueText).Any(type =>
                !SymbolEqualityComparer.Default.Equals(type.ContainingNamespace, imported)));
    }

    private static bool IsQualified(SimpleNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified => qualified.Right == name,
        MemberAccessExpressionSyntax access => access.Name == name,
        MemberBindingExpressionSyntax => true,
        _ => false,
    };
}
