using ScopedTasks.CodeFixes.Building.Callers;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Lets an <c>async void</c> function return a task, where every call in the solution can await it, and then does.
/// </summary>
internal sealed class ReturnTask : Plan
{
    // The callers begin to wait.
    public override bool NeedsDecision => true;

    public override async Task<Edit?> ForAsync(Site site)
    {
        if (site.Model.GetDeclaredSymbol(site.Node, site.CancellationToken) is not IMethodSymbol function)
        {
            return null;
        }

        var edit = new Edit("Return 'Task'");
        var chain = new AsyncChain(edit);
        return !await chain.TryReturnTaskAsync(site, function, call => MayWait(site, call)).ConfigureAwait(false) ? null
            : chain.ReachesCallers ? edit.Titled("Return 'Task', and await every call")
            : edit;
    }

    // A function that calls itself to go on would never end; nor would one that waits for an endless one.
    private static bool MayWait(Site site, Site call) =>
        call.Node.Parent
            is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax
        && !site.Node.Contains(call.Node)
        && !EndlessCalls.IsEndless(call, (ExpressionSyntax)call.Node);
}
