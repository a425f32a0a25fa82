namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Lets an <c>async void</c> function return a task, where every call can await it, and then does.</summary>
internal sealed class ReturnTask : Plan
{
    // The callers begin to wait.
    public override bool NeedsDecision => true;

    public override Edit? For(Site site)
    {
        if (ReturnTypeOf(site.Node) is not { } returned
            || site.Model.GetDeclaredSymbol(site.Node, site.CancellationToken) is not IMethodSymbol function
            || !Signatures.CanChange(site, function)
            || CallSites.Of(site, function) is not { } calls
            || (calls.Count == 0 && !TestMethods.IsTest(function))
            || !calls.All(call => CanWait(site, call, calls)))
        {
            return null;
        }

        var edit = new Edit(calls.Count == 0 ? "Return 'Task'" : "Return 'Task', and await every call")
            .Replace(returned, Code.Type("global::System.Threading.Tasks.Task").WithTriviaFrom(returned));
        foreach (var call in calls)
        {
            var around = site.At(site.Model.GetOperation(call, site.CancellationToken)!);
            edit.Replace(call, Expressions.Await(around, call).WithTriviaFrom(call));
        }

        return edit;
    }

    private static TypeSyntax? ReturnTypeOf(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax method => method.ReturnType,
        LocalFunctionStatementSyntax local => local.ReturnType,
        _ => null,
    };

    // A function that calls itself to go on would never end; nor would one that waits for an endless one.
    private static bool CanWait(
        Site site, InvocationExpressionSyntax call, IReadOnlyList<InvocationExpressionSyntax> calls) =>
        call.Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax
        && !site.Node.Contains(call)
        && !calls.Any(other => other != call && other.Contains(call))
        && site.Model.GetOperation(call, site.CancellationToken) is not null
        && AsyncPlace.CanAwait(call, site.Model, site.CancellationToken)
        && !EndlessCalls.IsEndless(site, call);
}
