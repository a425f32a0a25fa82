using ScopedTasks.Analyzers.Flow.Waits;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Awaits the twin of a primitive that blocks: a delay, the semaphore's turn, the end of a process.</summary>
internal sealed class AsyncPrimitive : Plan
{
    public override Edit? For(Site site) =>
        PrimitiveWaits.Of(site.Model.Compilation, site.Document.Project.AnalyzerOptions).RowOf(site.Start) is { } row
            ? AwaitInPlace.Write(site, blocking => AwaitedPrimitive.Of(site, row.Form, blocking))
            : null;
}
