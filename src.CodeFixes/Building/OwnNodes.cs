namespace ScopedTasks.CodeFixes.Building;

/// <summary>Finds the nodes that belong to the function around them, and not to a function within it.</summary>
internal static class OwnNodes
{
    public static IEnumerable<SyntaxNode> Of(SyntaxNode node) =>
        node.DescendantNodesAndSelf(inner => inner == node || !IsFunction(inner));

    public static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax;
}
