namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Makes a function asynchronous that returned a task, and awaits what it returned.</summary>
internal sealed class AwaitReturned : Plan
{
    public override Edit? For(Site site) =>
        site.Finding.Value is not null
        && site.Barrier == AsyncBarrier.NotAsync
        && AsyncFunction.Of(site) is { } function
        && !HeldLocks.Around(site.Node, function.Node, site.Model, site.CancellationToken)
        && function.Write() is { } written
            ? new Edit("Make the function 'async' and await it").Replace(function.Node, written)
            : null;
}
