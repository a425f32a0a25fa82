namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Starts the work as a child of a task group that is in hand: a parameter, a local, a field.</summary>
internal sealed class SpawnInGroup : Plan
{
    public override Edit? For(Site site)
    {
        if (!site.HasRuntime
            || DroppedWork.Of(site, site.Node) is not { } dropped
            || GroupInHand.At(site) is not { } group
            || OwnedResources.UsedBy(site, dropped.Work).Any(resource => !group.EndsBefore(resource))
            || (!group.IsOwned && EndlessCalls.IsEndless(site, dropped.Work)))
        {
            return null;
        }

        var isAwaited = group.IsBounded && site.CanAwait;
        var isEndless = site.Finding.Rule == Descriptors.SpawnInLoop && EndlessSource.IsAround(site);
        return isEndless && !group.IsBounded
            ? null
            : Spawned.Write(
                site,
                dropped,
                $"Spawn in the task group '{group.Name}'",
                child => isAwaited
                    ? child.InBounded(site, group.Reference)
                    : child.In(group.Reference),
                group.IsBounded ? ChildForm.Queued : ChildForm.Inline);
    }
}
