using ScopedTasks.CodeFixes.Building.Callers;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Awaits in a function that is not asynchronous yet: it becomes so, and every caller with it, as far as it takes.
/// </summary>
internal sealed class MakeAsync : Plan
{
    // Signatures change, and callers begin to wait.
    public override bool NeedsDecision => true;

    public override async Task<Edit?> ForAsync(Site site)
    {
        if (site.Barrier != AsyncBarrier.NotAsync || AwaitedOnceAsync(site) is not { } edit)
        {
            return null;
        }

        var chain = new AsyncChain(edit);
        if (!await chain.TryMakeAsync(site).ConfigureAwait(false))
        {
            return null;
        }

        var name = site.Function is { IsLambda: false, Symbol.Name: var own } ? $"'{own}'" : "the lambda";
        return edit.Titled(chain.ReachesCallers
            ? $"Make {name} and its callers async, and await it"
            : $"Make {name} async and await it");
    }

    private static Edit? AwaitedOnceAsync(Site site) =>
        site.Finding.Rule == Descriptors.SyncOverAsync
            ? new AwaitInstead().For(site.OnceAsync)
            : new Await().For(site.OnceAsync);
}
