using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// What a plan writes: the title it is offered under, and the nodes of one document that it replaces.
/// </summary>
internal sealed class Edit(string title)
{
    private static readonly SyntaxAnnotation Removed = new();
    private static readonly SyntaxAnnotation Spliced = new();

    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements = [];

    public string Title { get; } = title;

    /// <summary>What the plan writes where this edit would leave the code less sound than it was.</summary>
    public Edit? Otherwise { get; init; }

    /// <summary>Whether only a person can choose it here: by itself, no bulk run writes it.</summary>
    public bool NeedsDecision { get; init; }

    public IEnumerable<SyntaxNode> Originals => _replacements.Keys;

    /// <summary>Replaces a node; the nodes of all edits that are applied together lie apart from one another.</summary>
    public Edit Replace(SyntaxNode original, SyntaxNode replacement)
    {
        _replacements.Add(original, replacement);
        return this;
    }

    /// <summary>Replaces a statement by several: in its list, or in a block where only one may stand.</summary>
    public Edit Replace(StatementSyntax original, IReadOnlyList<StatementSyntax> replacements)
    {
        if (replacements.Count == 1)
        {
            return Replace((SyntaxNode)original, replacements[0]);
        }

        var block = SyntaxFactory.Block(replacements);
        return original.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax
            ? Replace((SyntaxNode)original, block.WithAdditionalAnnotations(Spliced))
            : Replace(
                (SyntaxNode)original,
                block.WithTriviaFrom(original).WithAdditionalAnnotations(Formatter.Annotation));
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
        return Splice(
            removed.Count == 0 ? changed : changed.RemoveNodes(removed, SyntaxRemoveOptions.KeepNoTrivia)!,
            written);
    }

    private static SyntaxNode Splice(SyntaxNode root, SyntaxAnnotation written)
    {
        while (root.GetAnnotatedNodes(Spliced).FirstOrDefault() is BlockSyntax block)
        {
            var statements = block.Statements.Select(statement => statement.WithAdditionalAnnotations(written));
            root = block.Parent is GlobalStatementSyntax global
                ? root.ReplaceNode(global, statements.Select(SyntaxFactory.GlobalStatement))
                : root.ReplaceNode(block, statements);
        }

        return root;
    }
}
