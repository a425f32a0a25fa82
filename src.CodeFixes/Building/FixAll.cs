namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Fixes all sites of a document as one by one would: in rounds, each taking the first open site of every member and
/// asking the rule again whether it is still wrong there, since an earlier fix may have joined it.
/// </summary>
internal static class FixAll
{
    public static FixAllProvider InDocuments { get; } = FixAllProvider.Create(async (context, document, diagnostics) =>
        context.CodeFixProvider is CodeFix fix
            ? await FixAsync(fix, document, diagnostics, context.CodeActionEquivalenceKey, context.CancellationToken)
                .ConfigureAwait(false)
            : null);

    private static async Task<Document> FixAsync(
        CodeFix fix,
        Document document,
        ImmutableArray<Diagnostic> diagnostics,
        string? key,
        CancellationToken cancellationToken)
    {
        var open = new List<(SyntaxAnnotation Mark, string Id)>();
        if (await MarkAsync(document, diagnostics, open, cancellationToken).ConfigureAwait(false) is not { } marked)
        {
            return document;
        }

        var current = marked;
        while (open.Count > 0)
        {
            current = await RoundAsync(fix, current, open, key, cancellationToken).ConfigureAwait(false);
        }

        return current == marked ? document : current;
    }

    // Marks travel with their nodes through every edit, as spans would not.
    private static async Task<Document?> MarkAsync(
        Document document,
        ImmutableArray<Diagnostic> diagnostics,
        List<(SyntaxAnnotation Mark, string Id)> open,
        CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var marks = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan))
        {
            var span = diagnostic.Location.SourceSpan;
            if (diagnostic.Location.SourceTree != root.SyntaxTree || !root.FullSpan.Contains(span))
            {
                continue;
            }

            var node = root.FindNode(span, getInnermostNodeForTie: true);
            if (!marks.TryGetValue(node, out var mark))
            {
                marks.Add(node, mark = new SyntaxAnnotation());
            }

            open.Add((mark, diagnostic.Id));
        }

        return document.WithSyntaxRoot(
            root.ReplaceNodes(marks.Keys, (original, node) => node.WithAdditionalAnnotations(marks[original])));
    }

    private static async Task<Document> RoundAsync(
        CodeFix fix,
        Document document,
        List<(SyntaxAnnotation Mark, string Id)> open,
        string? key,
        CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var members = new HashSet<SyntaxNode>();
        var edits = new List<Edit>();
        var later = new List<(SyntaxAnnotation Mark, string Id)>();
        foreach (var (mark, id) in open)
        {
            if (root!.GetAnnotatedNodes(mark).FirstOrDefault() is not { } node)
            {
                continue;
            }

            if (members.Contains(Site.MemberOf(node)))
            {
                later.Add((mark, id));
            }
            else if (fix.SiteAt(document, root, model!, id, node, cancellationToken) is { } site
                && fix.InBulk(site, key) is { } edit)
            {
                var touched = edit.Originals.Select(Site.MemberOf).ToList();
                if (members.Overlaps(touched))
                {
                    later.Add((mark, id));
                    continue;
                }

                edits.Add(edit);
                members.UnionWith(touched);
            }
        }

        open.Clear();
        open.AddRange(later);
        return edits.Count == 0
            ? document
            : document.WithSyntaxRoot(Edit.Apply(root!, edits, new SyntaxAnnotation()));
    }
}
