namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Hands the work to the process-wide group: observed and drainable, although nobody waits for it here.
/// </summary>
internal sealed class Detach : Plan
{
    public override Edit? For(Site site) =>
        site.HasRuntime
        && DroppedWork.Of(site, site.Node) is { } dropped
        && !OwnedResources.OrRequestsAreUsedBy(site, dropped.Work)
        && RequestTokens.AreOnlyOnesIn(site, dropped.Work)
            ? Spawned.Write(
                site,
                dropped,
                "Detach it: run it in the background, tracked and with its failure reported",
                child => Code.Expression("::BackgroundTasks.Spawn($0)", child.Delegate),
                ChildForm.Detached)
            : null;
}
