namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Fixes all sites of a scope as one by one would: in rounds, each taking the first open site of every member and
/// asking the rule again whether it is still wrong there, since an earlier fix may have joined it. An edit may change
/// several documents; those of a round, which touch no member twice, are applied together. Of a file that several
/// projects compile, one document speaks for all.
/// </summary>
internal sealed class FixAll : FixAllProvider
{
    private const int MaxWorkers = 8;

    public static FixAllProvider Everywhere { get; } = new FixAll();

    public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult(
        fixAllContext.CodeFixProvider is CodeFix fix
            ? CodeAction.Create(
                $"Fix all '{string.Join("', '", fixAllContext.DiagnosticIds)}'",
                cancellationToken => FixAsync(fix, fixAllContext.WithCancellationToken(cancellationToken)),
                fixAllContext.CodeActionEquivalenceKey)
            : null);

    private static async Task<Solution> FixAsync(CodeFix fix, FixAllContext context)
    {
        var current = context.Solution;
        var open = new List<OpenSite>();
        foreach (var reported in (await DiagnosticsAsync(context).ConfigureAwait(false))
            .GroupBy(diagnostic => current.GetDocument(diagnostic.Location.SourceTree)?.Id)
            .OrderBy(reported => reported.Key is null ? null : current.GetDocument(reported.Key)!.FilePath))
        {
            if (reported.Key is { } id
                && !current.GetDocument(id)!.GetLinkedDocumentIds().Any(linked => open.Exists(
                    site => site.Document == linked)))
            {
                current = await MarkAsync(current, id, reported, open, context.CancellationToken)
                    .ConfigureAwait(false);
            }
        }

        var changed = new HashSet<DocumentId>();
        while (open.Count > 0)
        {
            current = await RoundAsync(fix, current, open, changed, context).ConfigureAwait(false);
        }

        // A document that only got marks is as it was.
        var result = context.Solution;
        foreach (var id in changed)
        {
            var document = current.GetDocument(id)!;
            var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            result = result.WithDocumentSyntaxRoot(id, root!);
            foreach (var linked in document.GetLinkedDocumentIds())
            {
                // What is cut out there was not written: the host brings the file's text to it.
                var other = await current.GetDocument(linked)!.GetSyntaxRootAsync(context.CancellationToken)
                    .ConfigureAwait(false);
                if (!changed.Contains(linked) && other!.GetText().ContentEquals(root!.GetText()))
                {
                    result = result.WithDocumentSyntaxRoot(linked, other);
                }
            }
        }

        return result;
    }

    private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(FixAllContext context)
    {
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            case FixAllScope.Project:
                return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
            case FixAllScope.Solution:
                var reported = new List<Diagnostic>();
                foreach (var project in context.Solution.Projects)
                {
                    if (project.Language == context.Project.Language)
                    {
                        reported.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                    }
                }

                return reported;
            default:
                return [];
        }
    }

    // Marks travel with their nodes through every edit, as spans would not.
    private static async Task<Solution> MarkAsync(
        Solution solution,
        DocumentId id,
        IEnumerable<Diagnostic> diagnostics,
        List<OpenSite> open,
        CancellationToken cancellationToken)
    {
        if (await solution.GetDocument(id)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root)
        {
            return solution;
        }

        var marks = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan))
        {
            var span = diagnostic.Location.SourceSpan;
            if (!root.FullSpan.Contains(span))
            {
                continue;
            }

            var node = root.FindNode(span, getInnermostNodeForTie: true);
            if (!marks.TryGetValue(node, out var mark))
            {
                marks.Add(node, mark = new SyntaxAnnotation());
            }

            open.Add(new(id, mark, diagnostic.Id));
        }

        return solution.WithDocumentSyntaxRoot(
            id, root.ReplaceNodes(marks.Keys, (original, node) => node.WithAdditionalAnnotations(marks[original])));
    }

    private static async Task<Solution> RoundAsync(
        CodeFix fix, Solution solution, List<OpenSite> open, HashSet<DocumentId> changed, FixAllContext context)
    {
        var members = new HashSet<SyntaxNode>();
        var speakers = new HashSet<DocumentId>();
        var edits = new List<Edit>();
        var later = new List<OpenSite>();
        foreach (var found in await FindAsync(fix, solution, open, context).ConfigureAwait(false))
        {
            foreach (var (site, edit) in found)
            {
                var touched = edit?.Originals.Select(Site.MemberOf).ToList() ?? [];
                if (edit is null
                    || members.Overlaps(touched)
                    || edit.Trees.Any(tree => LinkedFiles.Of(solution, tree).Any(
                        linked => speakers.Contains(linked.Id))))
                {
                    later.Add(site);
                    continue;
                }

                edits.Add(edit);
                members.UnionWith(touched);
                speakers.UnionWith(edit.Trees.Select(tree => solution.GetDocument(tree)!.Id));
            }
        }

        open.Clear();
        open.AddRange(later);
        changed.UnionWith(edits.SelectMany(edit => edit.Trees).Select(tree => solution.GetDocument(tree)!.Id));
        return await Edit.ApplyToFilesAsync(solution, edits, new SyntaxAnnotation(), context.CancellationToken)
            .ConfigureAwait(false);
    }

    // A few documents at a time.
    private static async Task<IReadOnlyList<List<(OpenSite Site, Edit? Edit)>>> FindAsync(
        CodeFix fix, Solution solution, List<OpenSite> open, FixAllContext context)
    {
        var documents = open.GroupBy(site => site.Document).Select(sites => sites.ToList()).ToList();
        var found = new List<(OpenSite, Edit?)>[documents.Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, MaxWorkers)
            .Select(_ => Task.Run(FindNextAsync, context.CancellationToken))).ConfigureAwait(false);
        return found;

        async Task FindNextAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < documents.Count)
            {
                var document = solution.GetDocument(documents[index][0].Document)!;
                found[index] = await FindAsync(fix, document, documents[index], context).ConfigureAwait(false);
            }
        }
    }

    // The sites of a document that are still wrong: with their edits, without one where a member has to wait.
    private static async Task<List<(OpenSite Site, Edit? Edit)>> FindAsync(
        CodeFix fix, Document document, List<OpenSite> open, FixAllContext context)
    {
        var root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var members = new HashSet<SyntaxNode>();
        var found = new List<(OpenSite, Edit?)>();
        foreach (var marked in open)
        {
            if (root!.GetAnnotatedNodes(marked.Mark).FirstOrDefault() is not { } node)
            {
                continue;
            }

            if (members.Contains(Site.MemberOf(node)))
            {
                found.Add((marked, null));
            }
            else if (fix.SiteAt(document, root, model!, marked.Id, node, context.CancellationToken) is { } site
                && await fix.InBulkAsync(site, context.CodeActionEquivalenceKey).ConfigureAwait(false) is { } edit)
            {
                var touched = edit.Originals.Select(Site.MemberOf).ToList();
                var isFree = !members.Overlaps(touched);
                found.Add((marked, isFree ? edit : null));
                if (isFree)
                {
                    members.UnionWith(touched);
                }
            }
        }

        return found;
    }

    /// <summary>A site that may still be wrong.</summary>
    private sealed record OpenSite(DocumentId Document, SyntaxAnnotation Mark, string Id);
}
