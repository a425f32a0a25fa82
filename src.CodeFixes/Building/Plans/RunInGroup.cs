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
            || GroupInHand.At(site) is not null
            || GroupStarts.From(site) is not { IsLone: false } starts
            || starts.Works.Any(work => EndlessCalls.IsEndless(site, work))
            || !new Tokens(site).TryFind(starts.Works, out var token))
        {
            return null;
        }

        var names = new Names(site);
        var wrapper = new GroupWrapper(
            site, $"Run in a task group {FailureModes.Title(site)}", token, FailureModes.Options(site), names);
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
        return DroppedWork.Of(site.Node) is { Statement: { } own } && children.ContainsKey(own)
            ? wrapper.Wrap(starts.Range, children)
            : null;
    }
}
