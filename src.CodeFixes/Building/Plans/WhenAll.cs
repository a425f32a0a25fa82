namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Starts all tasks of a sequence that nobody enumerated, and awaits them together.</summary>
internal sealed class WhenAll : Plan
{
    public override Edit? For(Site site) =>
        site.CanAwait && !site.Node.ContainsDirectives ? LostSequence.Of(site)?.WithWhenAll(site) : null;
}
