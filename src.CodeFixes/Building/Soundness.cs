namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Decides whether an edit leaves the code as sound as it was: no new error and no new warning of the compiler.
/// </summary>
/// <remarks>
/// Every plan knows its own refusals; this is the net below them. Only the members that the edit touches are bound,
/// those of every document that it changes, in every project that compiles its file.
/// </remarks>
internal static class Soundness
{
    /// <summary>Whether it does; what it names stays qualified where an import would take a name.</summary>
    public static async Task<bool> KeepsAsync(Site site, Edit edit)
    {
        var written = new SyntaxAnnotation();
        var originals = edit.Originals.ToLookup(node => node.SyntaxTree);
        var files = originals.Select(nodes => nodes.Key).ToList();
        var pairs = files.TrueForAll(site.Model.Compilation.ContainsSyntaxTree)
            ? await InCompilationsAsync(site, edit, files, written).ConfigureAwait(false)
            : await InSolutionAsync(site, edit, files, written).ConfigureAwait(false);
        edit.Qualify(pairs.SelectMany(pair => Imports.NotFor(pair.After, site.CancellationToken)).ToList());
        return pairs.All(pair => Keeps(
            Problems(pair.Before, In(pair.Before, originals[pair.File]), site.CancellationToken),
            Problems(
                pair.After,
                pair.After.SyntaxTree.GetRoot(site.CancellationToken).GetAnnotatedNodes(written),
                site.CancellationToken)));

        IEnumerable<SyntaxNode> In(SemanticModel model, IEnumerable<SyntaxNode> nodes) => nodes
            .Select(node => LinkedFiles.TwinOf(node, model.SyntaxTree.GetRoot(site.CancellationToken)))
            .OfType<SyntaxNode>();
    }

    // Cheaper than the solution, where the generators of the projects would run again.
    private static async Task<IReadOnlyList<Pair>> InCompilationsAsync(
        Site site, Edit edit, IReadOnlyList<SyntaxTree> files, SyntaxAnnotation written)
    {
        var pairs = InCompilation(
            site.Model.Compilation, files.Select(file => (file, file)).ToList(), site, edit, written).ToList();
        foreach (var project in files
            .SelectMany(file => LinkedFiles.Of(site.Document.Project.Solution, file)
                .Select(document => (File: file, Document: document)))
            .GroupBy(linked => linked.Document.Project)
            .ToList())
        {
            var trees = new List<(SyntaxTree, SyntaxTree)>();
            foreach (var (file, document) in project)
            {
                var tree = await document.GetSyntaxTreeAsync(site.CancellationToken).ConfigureAwait(false);
                trees.Add((file, tree!));
            }

            var before = await project.Key.GetCompilationAsync(site.CancellationToken).ConfigureAwait(false);
            pairs.AddRange(InCompilation(before!, trees, site, edit, written));
        }

        return pairs;
    }

    private static IEnumerable<Pair> InCompilation(
        Compilation before,
        IReadOnlyList<(SyntaxTree File, SyntaxTree Tree)> files,
        Site site,
        Edit edit,
        SyntaxAnnotation written)
    {
        var trees = files.Select(pair => (pair.File, Old: pair.Tree, New: pair.Tree.WithRootAndOptions(
            Edit.Apply(pair.Tree.GetRoot(site.CancellationToken), [edit], written, pair.File),
            pair.Tree.Options))).ToList();
        var after = trees.Aggregate(before, (compilation, tree) => compilation.ReplaceSyntaxTree(tree.Old, tree.New));
        return trees.Select(tree => new Pair(
            tree.File,
            tree.Old == site.Root.SyntaxTree ? site.Model : before.GetSemanticModel(tree.Old),
            after.GetSemanticModel(tree.New)));
    }

    private static async Task<IReadOnlyList<Pair>> InSolutionAsync(
        Site site, Edit edit, IReadOnlyList<SyntaxTree> files, SyntaxAnnotation written)
    {
        var before = site.Document.Project.Solution;
        var after = await Edit.ApplyToFilesAsync(before, [edit], written, site.CancellationToken)
            .ConfigureAwait(false);
        var pairs = new List<Pair>();
        foreach (var (file, document) in files.SelectMany(file => LinkedFiles.Of(before, file)
            .Prepend(before.GetDocument(file)!)
            .Select(document => (file, document))))
        {
            var had = await document.GetSemanticModelAsync(site.CancellationToken).ConfigureAwait(false);
            var has = await after.GetDocument(document.Id)!.GetSemanticModelAsync(site.CancellationToken)
                .ConfigureAwait(false);
            pairs.Add(new(file, had!, has!));
        }

        return pairs;
    }

    /// <summary>A file as a project sees it, before and after; the edit speaks of its nodes in one of them.</summary>
    private sealed record Pair(SyntaxTree File, SemanticModel Before, SemanticModel After);

    private static bool Keeps(Dictionary<string, int> before, Dictionary<string, int> after) =>
        after.All(problem => before.TryGetValue(problem.Key, out var count) && problem.Value <= count);

    private static Dictionary<string, int> Problems(
        SemanticModel model,
        IEnumerable<SyntaxNode> nodes,
        CancellationToken cancellationToken)
    {
        var problems = new Dictionary<string, int>();
        foreach (var member in nodes.Select(Site.MemberOf).Distinct())
        {
            foreach (var diagnostic in model.GetDiagnostics(member.FullSpan, cancellationToken))
            {
                if (diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false })
                {
                    problems[diagnostic.Id] = problems.TryGetValue(diagnostic.Id, out var count) ? count + 1 : 1;
                }
            }
        }

        return problems;
    }
}
