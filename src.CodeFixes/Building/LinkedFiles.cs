namespace ScopedTasks.CodeFixes.Building;

/// <summary>Decides which node stands for another where a second project, or framework, compiles the file.</summary>
internal static class LinkedFiles
{
    /// <summary>The documents that other projects have of the tree's file.</summary>
    public static IEnumerable<Document> Of(Solution solution, SyntaxTree tree) =>
        solution.GetDocument(tree) is { } document
            ? document.GetLinkedDocumentIds().Select(id => solution.GetDocument(id)!)
            : [];

    /// <summary>The node in another parse of the same text; null where it is cut out there.</summary>
    public static SyntaxNode? TwinOf(SyntaxNode node, SyntaxNode root)
    {
        if (node.SyntaxTree == root.SyntaxTree)
        {
            return node;
        }

        return root.FullSpan.Contains(node.Span)
            ? root.FindNode(node.Span, getInnermostNodeForTie: true).AncestorsAndSelf()
                .FirstOrDefault(other => other.Span == node.Span && other.RawKind == node.RawKind)
            : null;
    }
}
