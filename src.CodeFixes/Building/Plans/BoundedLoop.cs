namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Bounds how much of a loop's work runs at once, and waits for all of it.</summary>
internal sealed class BoundedLoop : Plan
{
    public override Edit? For(Site site) =>
        site.Finding.Rule == Descriptors.AsyncForEach
            ? CalledLoop.Of(site) is { } loop ? CalledLoopInGroup.Write(loop) : null
        : FanOut.Of(site) is { } fanOut ? fanOut.Write(site)
        : !site.CanAwait ? null
        : LoopInGroup.OfDropped(site) ?? LoopInGroup.OfCollected(site);
}
