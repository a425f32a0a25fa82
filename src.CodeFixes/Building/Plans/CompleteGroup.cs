using ScopedTasks.Analyzers.Flow.TaskGroups;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Completes an open group before every normal exit, and lets <c>await using</c> dispose it.</summary>
internal sealed class CompleteGroup : Plan
{
    public override Edit? For(Site site)
    {
        if (GroupEnds.HolderOf(site.Start) is not { } holder
            || OpenGroup.Of(site, holder) is not { } group
            || GroupRange.Of(site, group.Statements) is not { CanJoin: true } range
            || !AsyncPlace.CanAwait(group.Statements[0], site.Model, site.CancellationToken)
            || group.Children.Any(child => EndlessCalls.IsEndless(site, child)))
        {
            return null;
        }

        var exits = range.Exits.Where(exit => !group.IsDoneBefore(exit)).ToList();
        var joined = new JoinedExits(site, holder.Name, range, exits, new Names(site));
        var rewriter = new StatementRewriter(joined.Changes, new Dictionary<SyntaxNode, SyntaxNode>());
        var joinsAtEnd = range.EndIsReachable && !group.IsDoneAtEnd;
        var edit = new Edit("Complete the group before every normal exit");
        foreach (var statement in group.Statements)
        {
            var isEnd = joinsAtEnd && statement == group.Statements[group.Statements.Count - 1];
            if (isEnd || exits.Any(exit => statement.Span.Contains(exit.Span)))
            {
                var written = rewriter.Rewrite(statement);
                edit.Replace(statement, isEnd ? [.. written, JoinAfter(statement, joined)] : written);
            }
        }

        return (holder.IsUsing || group.IsDisposedByHand || group.TryDispose(edit))
            && edit.Originals.Any()
            && IsWhole(site, edit)
                ? edit
                : null;
    }

    private static StatementSyntax JoinAfter(StatementSyntax statement, JoinedExits joined) =>
        joined.Join.WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(statement)));

    // Asks the rule again: on every path once, and on none twice.
    private static bool IsWhole(Site site, Edit edit)
    {
        var tree = site.Root.SyntaxTree.WithRootAndOptions(
            Edit.Apply(site.Root, [edit], new SyntaxAnnotation()), site.Root.SyntaxTree.Options);
        var compilation = site.Model.Compilation.ReplaceSyntaxTree(site.Root.SyntaxTree, tree);
        var open = SameTexts(tree.GetRoot(site.CancellationToken), site.Node)
            .ElementAt(SameTexts(site.Root, site.Node).TakeWhile(node => node != site.Node).Count());
        var ends = GroupEnds.Of(compilation);
        return compilation.GetSemanticModel(tree).GetOperation(open, site.CancellationToken) is { } operation
            && ends.Of(operation, site.CancellationToken) is null
            && !ends.AreRepeated(operation);
    }

    private static IEnumerable<SyntaxNode> SameTexts(SyntaxNode root, SyntaxNode node)
    {
        var text = node.ToString();
        return root.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => call.ToString() == text);
    }
}
