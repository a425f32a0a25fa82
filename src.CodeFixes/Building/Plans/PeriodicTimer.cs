using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Lets a loop over a timer's ticks run one piece of work at a time, in a supervised group.</summary>
internal sealed class PeriodicTimer : Plan
{
    public override Edit? For(Site site) =>
        site.CanAwait
        && TaskFates.Of(site.Model.Compilation, site.Document.Project.AnalyzerOptions).TickLoopOf(site.Start)
            is { } loop
            ? LoopInGroup.OfTick(site, loop)
            : null;
}
