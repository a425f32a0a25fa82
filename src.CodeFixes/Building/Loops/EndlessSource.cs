using ScopedTasks.Analyzers.Flow.Bounds;

namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>Decides whether the loop around a site never runs out of work by itself.</summary>
internal static class EndlessSource
{
    public static bool IsAround(Site site) => LoopBounds.LoopOf(site.Start) is { } loop && LoopBounds.IsEndless(loop);

    public static bool Is(Site site, ExpressionSyntax source) =>
        site.Node.Contains(source)
        && site.Model.GetOperation(source, site.CancellationToken) is { } sequence
        && LoopBounds.ReadsEndlessly(sequence);
}
