namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Awaits the dropped work where it stands.</summary>
internal sealed class Await : Plan
{
    public override Edit? For(Site site)
    {
        if (!site.CanAwait
            || DroppedWork.Of(site.Node) is not { } dropped
            || (dropped.IsBody && site.Function is { IsLambda: true, Symbol.ReturnsVoid: true })
            || IsNested(site, dropped.Work)
            || EndlessCalls.IsEndless(site, dropped.Work))
        {
            return null;
        }

        const string Title = "Await it";
        if (dropped.Guard is null)
        {
            var awaited = Expressions.Await(site, Awaited(dropped)).WithTriviaFrom(dropped.Whole);
            return new Edit(Title).Replace(dropped.Whole, awaited);
        }

        return NullGuard.Write(site, dropped, work => Expressions.Await(site, work)) is { } guarded
            ? new Edit(Title).Replace(dropped.Statement!, guarded)
            : null;
    }

    // To await the outer task of two is to wait for the start alone.
    private static bool IsNested(Site site, ExpressionSyntax work) =>
        site.Awaitables.IsHot(site.Awaitables.ResultOf(site.Model.GetTypeInfo(work, site.CancellationToken).Type));

    // What was written with the task, `ConfigureAwait` too, is awaited with it.
    private static ExpressionSyntax Awaited(DroppedWork dropped) =>
        Expressions.Unparenthesized(
            dropped.Whole is AssignmentExpressionSyntax discard ? discard.Right : dropped.Whole);
}
