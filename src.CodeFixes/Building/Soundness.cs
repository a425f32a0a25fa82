namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Decides whether an edit leaves the code as sound as it was: no new error and no new warning of the compiler.
/// </summary>
/// <remarks>
/// Every plan knows its own refusals; this is the net below them. Only the members that the edit touches are bound.
/// </remarks>
internal static class Soundness
{
    public static bool Keeps(Site site, Edit edit)
    {
        var old = site.Root.SyntaxTree;
        var before = Problems(site.Model, edit.Originals, site.CancellationToken);

        var written = new SyntaxAnnotation();
        var tree = old.WithRootAndOptions(Edit.Apply(site.Root, [edit], written), old.Options);
        var model = site.Model.Compilation.ReplaceSyntaxTree(old, tree).GetSemanticModel(tree);
        var after = Problems(
            model,
            tree.GetRoot(site.CancellationToken).GetAnnotatedNodes(written),
            site.CancellationToken);

        return after.All(problem => before.TryGetValue(problem.Key, out var count) && problem.Value <= count);
    }

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
