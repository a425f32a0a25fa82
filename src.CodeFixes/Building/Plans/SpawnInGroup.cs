using ScopedTasks.Analyzers.Flow;
using ScopedTasks.Analyzers.Flow.TaskGroups;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Starts the work as a child of a task group that is in hand: a parameter, a local, a field.</summary>
internal sealed class SpawnInGroup : Plan
{
    public override Edit? For(Site site)
    {
        if (site.Finding.Rule == Descriptors.UnawaitedCoroutine)
        {
            return OfCoroutine(site);
        }

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

    // Cold work is handed over as it is: the group runs it.
    private static Edit? OfCoroutine(Site site)
    {
        if (site.Start is IAwaitOperation
            || !site.Start.Type.IsOrDerivesFrom(site.Types.Coroutine)
            || DroppedWork.Of(site, site.Node) is not { Guard: null } dropped
            || new GroupsInHand(site.Types, site.Types.CoroutineGroup).NearestTo(
                site.Start,
                site.Model.GetEnclosingSymbol(site.Node.SpanStart, site.CancellationToken)) is not { } group)
        {
            return null;
        }

        var spawned = Code.Expression($"{group.Name}.Spawn($0)", dropped.Work.WithoutTrivia());
        var edit = new Edit($"Spawn in the group '{group.Name}'");
        return dropped.Local is { } local
            ? edit.Replace(local, [Code.Statement("$0;", spawned).WithTriviaFrom(local)])
            : edit.Replace(dropped.Whole, spawned.WithTriviaFrom(dropped.Whole));
    }
}
