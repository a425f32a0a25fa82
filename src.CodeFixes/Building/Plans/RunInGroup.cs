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
            || !site.CanAwait
            || GroupInHand.At(site) is not null
            || DroppedWork.Of(site.Node) is not { Statement: { } first, Guard: null }
            || StatementList.Around(first) is not { } list)
        {
            return null;
        }

        var starts = new GroupStarts(site, list.From(first));
        if (starts.IsLone || starts.Works.Any(work => EndlessCalls.IsEndless(site, work))
            || !new Tokens(site).TryFind(starts.Works, out var token))
        {
            return null;
        }

        var names = new Names(site);
        var wrapper = new GroupWrapper(
            site, $"Run in a task group {FailureModes.Title(site)}", token, FailureModes.Options(site), names);
        var children = new Dictionary<StatementSyntax, IReadOnlyList<StatementSyntax>>();
        foreach (var (statement, work) in starts.Statements)
        {
            if (Child.Of(site, work, token, names, ChildForm.Inline) is not { } child)
            {
                return null;
            }

            children.Add(statement, Spawned.StatementsFor(statement, child, written => written.In(wrapper.Group)));
        }

        return wrapper.Wrap(starts.Range, children);
    }
}
