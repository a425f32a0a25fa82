namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Writes <c>.Unwrap()</c> after the call, so that who waits for it waits for the work.</summary>
internal sealed class Unwrap : Plan
{
    public override Edit? For(Site site) =>
        site.Node is InvocationExpressionSyntax call
        && site.Awaitables.IsTask(site.Start.Type)
        && site.Awaitables.IsTask(site.Awaitables.ResultOf(site.Start.Type))
        && !EndlessCalls.IsEndless(site, call)
            ? new Edit("Unwrap it, to wait for the work itself").Replace(
                call, Code.Expression("$0.Unwrap()", call.WithoutTrivia()).WithTriviaFrom(call))
            : null;
}
