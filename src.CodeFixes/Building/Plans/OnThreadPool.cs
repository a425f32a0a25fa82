using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Waits;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Hands a parallel loop to the thread pool, so that the thread of the interface is free.</summary>
/// <remarks>The loop's body may touch the interface from the caller's thread: only a person can tell.</remarks>
internal sealed class OnThreadPool : Plan
{
    public override bool NeedsDecision => true;

    public override Edit? For(Site site) =>
        CallerContext.IsInterface(site.Model.Compilation)
        && PrimitiveWaits.Of(site.Model.Compilation, site.Document.Project.AnalyzerOptions).RowOf(site.Start)
            is { Form: PrimitiveForm.Parallel }
        && !OwnNodes.Of(site.Node).Any(node => node is AwaitExpressionSyntax)
            ? AwaitInPlace.Write(site, Offloaded)
            : null;

    private static BlockedWait Offloaded(ExpressionSyntax loop) => new(
        Code.Expression("global::System.Threading.Tasks.Task.Run(() => $0)", loop.WithoutTrivia()),
        "Await it on the thread pool");
}
