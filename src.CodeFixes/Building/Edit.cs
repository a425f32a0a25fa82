namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// What a plan writes: the title it is offered under, and the nodes of one document that it replaces.
/// </summary>
internal sealed class Edit(string title)
{
    private static readonly SyntaxAnnotation Removed = new();

    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements = [];

    public string Title { get; } = title;

    public IEnumerable<SyntaxNode> Originals => _replacements.Keys;

    /// <summary>Replaces a node; the nodes of all edits that are applied together lie apart from one another.</summary>
    public Edit Replace(SyntaxNode original, SyntaxNode replacement)
    {
        _replacements.Add(original, replacement);
        return this;
    }

    /// <summary>Removes a statement with its trivia: a plan carries over what must stay.</summary>
    public Edit Remove(StatementSyntax original)
    {
        SyntaxNode node = original.Parent is GlobalStatementSyntax global ? global : original;
        return Replace(node, node.WithAdditionalAnnotations(Removed));
    }

    /// <summary>The root with the edits applied; every node that they wrote carries the annotation.</summary>
    public static SyntaxNode Apply(SyntaxNode root, IEnumerable<Edit> edits, SyntaxAnnotation written)
    {
        var all = edits.SelectMany(edit => edit._replacements).ToDictionary(pair => pair.Key, pair => pair.Value);
        var changed = root.ReplaceNodes(all.Keys, (original, _) => all[original].WithAdditionalAnnotations(written));
        var removed = changed.GetAnnotatedNodes(Removed).ToList();
        return removed.Count == 0 ? changed : changed.RemoveNodes(removed, SyntaxRemoveOptions.KeepNoTrivia)!;
    }
}
