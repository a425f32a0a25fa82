using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// What a plan writes: the title it is offered under, and the nodes that it replaces, in one document or in several.
/// </summary>
internal sealed class Edit(string title)
{
    private static readonly SyntaxAnnotation Removed = new();
    private static readonly SyntaxAnnotation Spliced = new();

    private readonly Dictionary<SyntaxNode, SyntaxNode> _replacements = [];
    private readonly Dictionary<SyntaxNode, Insertion> _insertions = [];
    private readonly HashSet<string> _qualified = new(StringComparer.Ordinal);

    public string Title { get; } = title;

    /// <summary>What the plan writes where this edit would leave the code less sound than it was.</summary>
    public Edit? Otherwise { get; init; }

    /// <summary>Whether only a person can choose it here: by itself, no bulk run writes it.</summary>
    public bool NeedsDecision { get; init; }

    public IEnumerable<SyntaxNode> Originals => _replacements.Keys.Concat(_insertions.Keys);

    /// <summary>The documents that it changes.</summary>
    public IEnumerable<SyntaxTree> Trees => Originals.Select(node => node.SyntaxTree).Distinct();

    /// <summary>The same under another title.</summary>
    public Edit Titled(string other)
    {
        var titled = new Edit(other) { Otherwise = Otherwise, NeedsDecision = NeedsDecision };
        titled.TryInclude(this);
        return titled;
    }

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

    /// <summary>Removes a member with its trivia.</summary>
    public Edit Remove(MemberDeclarationSyntax original) =>
        Replace(original, original.WithAdditionalAnnotations(Removed));

    /// <summary>Puts a member before all others; what is replaced within the type stays so.</summary>
    public Edit Insert(TypeDeclarationSyntax type, MemberDeclarationSyntax member)
    {
        _insertions.Add(type, (rewritten, written) => rewritten is TypeDeclarationSyntax changed
            ? changed.WithMembers(changed.Members.Insert(0, member.WithAdditionalAnnotations(written)))
            : rewritten);
        return this;
    }

    /// <summary>Puts a handler before another of its <c>try</c>.</summary>
    public Edit Insert(TryStatementSyntax @try, CatchClauseSyntax before, CatchClauseSyntax clause)
    {
        var index = @try.Catches.IndexOf(before);
        _insertions.Add(@try, (rewritten, written) => rewritten is TryStatementSyntax changed
            ? changed.WithCatches(changed.Catches.Insert(index, clause.WithAdditionalAnnotations(written)))
            : rewritten);
        return this;
    }

    /// <summary>Puts a statement before another of its block.</summary>
    public Edit Insert(BlockSyntax block, StatementSyntax before, StatementSyntax statement)
    {
        var index = block.Statements.IndexOf(before);
        _insertions.Add(block, (rewritten, written) => rewritten is BlockSyntax changed
            ? changed.WithStatements(changed.Statements.Insert(index, statement.WithAdditionalAnnotations(written)))
            : rewritten);
        return this;
    }

    /// <summary>Changes a node after all that lies within it: what was written there stays.</summary>
    public Edit Rewrite(SyntaxNode original, Func<SyntaxNode, SyntaxNode> change)
    {
        _insertions.Add(original, (rewritten, written) => change(rewritten).WithAdditionalAnnotations(written));
        return this;
    }

    /// <summary>The same for a statement that becomes several, or none.</summary>
    public Edit Rewrite(StatementSyntax original, StatementChange change) =>
        Rewrite(original, rewritten => change((StatementSyntax)rewritten) switch
        {
            [] => rewritten.WithAdditionalAnnotations(Removed),
            [var single] => single,
            var several => SyntaxFactory.Block(several).WithAdditionalAnnotations(Spliced),
        });

    /// <summary>Lets types of these names stay qualified: nothing is imported for them.</summary>
    public void Qualify(IEnumerable<string> names) => _qualified.UnionWith(names);

    /// <summary>Takes in what another edit writes; false where one would undo the other.</summary>
    public bool TryInclude(Edit other)
    {
        if (other.Originals.Any(node => Covers(node) || _insertions.ContainsKey(node))
            || Originals.Any(other.Covers))
        {
            return false;
        }

        foreach (var pair in other._replacements)
        {
            _replacements.Add(pair.Key, pair.Value);
        }

        foreach (var pair in other._insertions)
        {
            _insertions.Add(pair.Key, pair.Value);
        }

        return true;
    }

    /// <summary>Whether the edit replaces the node, or one around it, whatever becomes of it.</summary>
    public bool Covers(SyntaxNode node) => _replacements.Keys.Any(node.AncestorsAndSelf().Contains);

    /// <summary>The solution with the edits applied, each to all of its documents.</summary>
    public static Solution Apply(Solution solution, IReadOnlyList<Edit> edits, SyntaxAnnotation written)
    {
        var changed = solution;
        foreach (var node in edits.SelectMany(edit => edit.Originals).GroupBy(node => node.SyntaxTree)
            .Select(nodes => nodes.First()))
        {
            if (solution.GetDocument(node.SyntaxTree) is { } document)
            {
                changed = changed.WithDocumentSyntaxRoot(
                    document.Id, Apply(node.AncestorsAndSelf().Last(), edits, written));
            }
        }

        return changed;
    }

    /// <summary>The same, and every other project that compiles one of the files sees what is written there.</summary>
    public static async Task<Solution> ApplyToFilesAsync(
        Solution solution,
        IReadOnlyList<Edit> edits,
        SyntaxAnnotation written,
        CancellationToken cancellationToken)
    {
        var changed = Apply(solution, edits, written);
        foreach (var tree in edits.SelectMany(edit => edit.Trees).Distinct().ToList())
        {
            foreach (var linked in LinkedFiles.Of(solution, tree))
            {
                var root = await linked.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
                changed = changed.WithDocumentSyntaxRoot(linked.Id, Apply(root!, edits, written, tree));
            }
        }

        return changed;
    }

    /// <summary>
    /// The root with what the edits write in its document; every node that they wrote carries the annotation.
    /// </summary>
    public static SyntaxNode Apply(SyntaxNode root, IEnumerable<Edit> edits, SyntaxAnnotation written) =>
        Apply(root, edits, written, root.SyntaxTree);

    /// <summary>The same of what they write in the tree, which is this root's or another parse of its text.</summary>
    public static SyntaxNode Apply(
        SyntaxNode root, IEnumerable<Edit> edits, SyntaxAnnotation written, SyntaxTree tree)
    {
        var together = edits.ToList();
        var all = In(root, tree, together.SelectMany(edit => edit._replacements));
        var inserted = In(root, tree, together.SelectMany(edit => edit._insertions));
        var changed = root.ReplaceNodes(
            all.Keys.Concat(inserted.Keys),
            (original, rewritten) => inserted.TryGetValue(original, out var insertion)
                ? insertion(rewritten, written)
                : all[original].WithAdditionalAnnotations(written));
        var removed = changed.GetAnnotatedNodes(Removed).ToList();
        var spliced = Splice(
            removed.Count == 0 ? changed : changed.RemoveNodes(removed, SyntaxRemoveOptions.KeepNoTrivia)!,
            written);
        return Imports.Without(
            spliced, new HashSet<string>(together.SelectMany(edit => edit._qualified), StringComparer.Ordinal));
    }

    private static Dictionary<SyntaxNode, T> In<T>(
        SyntaxNode root, SyntaxTree tree, IEnumerable<KeyValuePair<SyntaxNode, T>> changes) =>
        changes.Where(pair => pair.Key.SyntaxTree == tree)
            .Select(pair => (Node: LinkedFiles.TwinOf(pair.Key, root), pair.Value))
            .Where(pair => pair.Node is not null)
            .ToDictionary(pair => pair.Node!, pair => pair.Value);

    /// <summary>Adds to a node, whose parts are rewritten already, what carries the annotation.</summary>
    private delegate SyntaxNode Insertion(SyntaxNode rewritten, SyntaxAnnotation written);

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
