namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Makes a function asynchronous that returned a task, and awaits what it returned.</summary>
internal sealed class AwaitReturned : Plan
{
    public override Edit? For(Site site)
    {
        var edit = new Edit("Make the function 'async' and await it");
        return site.Finding.Value is not null
            && site.OnceAsync.Barrier == AsyncBarrier.None
            && site.Barrier == AsyncBarrier.NotAsync
            && AsyncFunction.Of(site)?.TryWrite(edit) == true
                ? edit
                : null;
    }
}
