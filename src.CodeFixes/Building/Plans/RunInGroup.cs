namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Wraps the rest of the block in a task group that waits for the work.</summary>
internal sealed class RunInGroup : Plan
{
    public override Edit? For(Site site)
    {
        if (site.Finding.Rule == Descriptors.UnenumeratedTasks)
        {
            return site.CanAwait && !site.Node.ContainsDirectives ? LostSequence.Of(site)?.InGroup(site) : null;
        }

        if (!site.HasRuntime
            || site.Barrier is not (AsyncBarrier.None or AsyncBarrier.LiveReference)
            || GroupInHand.At(site) is not null)
        {
            return null;
        }

        return site.Finding.Rule == Descriptors.OrphanedSibling
            ? SiblingStarts.Of(site)?.Write("Run them in a task group (the first failure cancels the rest)")
            : DroppedWork.Of(site, site.Node) is null ? OfKept(site) : OfDropped(site);
    }

    private static Edit? OfDropped(Site site)
    {
        if (GroupStarts.From(site) is not { IsLone: false } starts
            || starts.Works.Any(work => EndlessCalls.IsEndless(site, work))
            || !new Tokens(site).TryFind(starts.Works, out var token))
        {
            return null;
        }

        var names = new Names(site);
        var wrapper = WrapperOf(site, token, names);
        var children = new Dictionary<StatementSyntax, StatementChange>();
        foreach (var start in starts.All)
        {
            if (Child.Of(site, start.Work, token, names, ChildForm.Inline) is { } child
                && Spawned.StatementsFor(site, start, child, written => written.In(wrapper.Group)) is { } statements)
            {
                children.Add(start.Statement!, _ => statements);
            }
        }

        // A group without this very child would wait for something else, or for nothing.
        return DroppedWork.Of(site, site.Node) is { Statement: { } own } && children.ContainsKey(own)
            ? wrapper.Wrap(starts.Range, children)
            : null;
    }

    // The locals keep the children's tasks, and whatever becomes of them there, the group waits.
    private static Edit? OfKept(Site site)
    {
        if (KeptStarts.From(site) is not { AreJoinedInTry: false } kept
            || kept.Starts.Any(start => EndlessCalls.IsEndless(site, start.Work) || IsOpenedIn(site, kept, start.Work))
            || !new Tokens(site).TryFind(kept.Starts.Select(start => start.Work), out var token))
        {
            return null;
        }

        var names = new Names(site);
        var wrapper = WrapperOf(site, token, names);
        var places = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var (work, _) in kept.Starts)
        {
            if (Child.Of(site, work, token, names, ChildForm.Inline) is { Hoisted.IsEmpty: true } child
                && child.RunIn(wrapper.Group) is { } run)
            {
                places.Add(work, run);
            }
            else if (work == site.Node)
            {
                return null;
            }
        }

        var exits = GroupRange.Of(site, kept.Range)?.Exits.Where(kept.AreNeedlessAt) ?? [];
        return wrapper.Wrap(kept.Range, exits.ToDictionary(exit => exit, _ => Cancelling(site, wrapper)), places);
    }

    // The group would be joined after the end of what its child uses.
    private static bool IsOpenedIn(Site site, KeptStarts kept, ExpressionSyntax work) =>
        OwnedResources.UsedBy(site, work).SelectMany(resource => resource.DeclaringSyntaxReferences)
            .Any(reference => kept.Range.Any(statement => statement.Span.Contains(reference.Span)));

    private static GroupWrapper WrapperOf(Site site, ExpressionSyntax? token, Names names) => new(
        site, $"Run in a task group {FailureModes.Title(site)}", token, FailureModes.Options(site), names);

    private static StatementChange Cancelling(Site site, GroupWrapper wrapper) => rewritten =>
    [
        Code.Statement("$0.Cancel();" + site.NewLine, wrapper.Group).WithLeadingTrivia(rewritten.GetLeadingTrivia()),
        rewritten.WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(rewritten))),
    ];
}
