namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Decides whether an edit leaves the code as sound as it was: no new error and no new warning of the compiler.
/// </summary>
/// <remarks>
/// Every plan knows its own refusals; this is the net below them. Only the members that the edit touches are bound,
/// those of every document that it changes.
/// </remarks>
internal static class Soundness
{
    public static async Task<bool> KeepsAsync(Site site, Edit edit)
    {
        var written = new SyntaxAnnotation();
        var originals = edit.Originals.ToLookup(node => node.SyntaxTree);
        var pairs = originals.All(nodes => site.Model.Compilation.ContainsSyntaxTree(nodes.Key))
            ? InCompilation(site, edit, written)
            : await InSolutionAsync(site, edit, written).ConfigureAwait(false);
        return pairs.All(pair => Keeps(
            Problems(pair.Before, originals[pair.Before.SyntaxTree], site.CancellationToken),
            Problems(
                pair.After,
                pair.After.SyntaxTree.GetRoot(site.CancellationToken).GetAnnotatedNodes(written),
                site.CancellationToken)));
    }

    // Cheaper than the solution, where the generators of the project would run again.
    private static IReadOnlyList<(SemanticModel Before, SemanticModel After)> InCompilation(
        Site site, Edit edit, SyntaxAnnotation written)
    {
        var before = site.Model.Compilation;
        var trees = edit.Trees.Select(tree => (Old: tree, New: tree.WithRootAndOptions(
            Edit.Apply(tree.GetRoot(site.CancellationToken), [edit], written), tree.Options))).ToList();
        var after = trees.Aggregate(before, (compilation, tree) => compilation.ReplaceSyntaxTree(tree.Old, tree.New));
        return trees.Select(tree => (
            tree.Old == site.Root.SyntaxTree ? site.Model : before.GetSemanticModel(tree.Old),
            after.GetSemanticModel(tree.New))).ToList();
    }

    private static async Task<IReadOnlyList<(SemanticModel Before, SemanticModel After)>> InSolutionAsync(
        Site site, Edit edit, SyntaxAnnotation written)
    {
        var before = site.Document.Project.Solution;
        var after = Edit.Apply(before, [edit], written);
        var pairs = new List<(SemanticModel, SemanticModel)>();
        foreach (var document in edit.Trees.Select(tree => before.GetDocument(tree)!).ToList())
        {
            var had = await document.GetSemanticModelAsync(site.CancellationToken).ConfigureAwait(false);
            var has = await after.GetDocument(document.Id)!.GetSemanticModelAsync(site.CancellationToken)
                .ConfigureAwait(false);
            pairs.Add((had!, has!));
        }

        return pairs;
    }

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
