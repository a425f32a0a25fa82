namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>Writes a loop that was a call as one that waits for its work, so much at once.</summary>
internal static class CalledLoopInGroup
{
    public static Edit? Write(CalledLoop loop)
    {
        var site = loop.Site;
        var options = loop.Options;
        var token = options.Token;
        if (!site.CanAwait
            || loop.Call.ContainsDirectives
            || OwnedResources.AreUsedBy(site, loop.Body)
            || EndlessCalls.IsEndless(site, loop.Body)
            || EndlessSource.Is(site, loop.Source)
            || (token is null && !new Tokens(site).TryFind([loop.Body], out token))
            || ItemBody.Of(site, loop.Body, options.IsWritten ? token : null) is not { } body)
        {
            return null;
        }

        var limit = options.Limit?.ToString() ?? $"{Limits.Of(site, loop.Body)}";
        var item = loop.Row.IsParallel && site.HasRuntime ? OnPool(body) : body;
        if (BoundedCall.ForEach(site, loop.Source, item, token, limit) is not { } call)
        {
            return null;
        }

        var edit = new Edit($"Bound it: at most {limit} at once {FailureModes.CollectTitle}")
            .Replace(loop.Call, Expressions.Await(site, call).WithTriviaFrom(loop.Call));
        return Comments.AreKept(site, edit) ? edit : null;
    }

    // What a parallel loop runs never held its caller's context, nor its thread.
    private static LambdaExpressionSyntax OnPool(LambdaExpressionSyntax body) =>
        body.Body is InvocationExpressionSyntax { Expression: var called } && IsTaskRun(called)
            ? body
            : body.WithAsyncKeyword(default).WithBody(Code.Expression(
                "global::System.Threading.Tasks.Task.Run("
                + (body.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) ? "async () => $0)" : "() => $0)"),
                body.Body));

    private static bool IsTaskRun(ExpressionSyntax called) => called is MemberAccessExpressionSyntax
    {
        Expression: IdentifierNameSyntax { Identifier.ValueText: "Task" },
        Name.Identifier.ValueText: "Run",
    };
}
