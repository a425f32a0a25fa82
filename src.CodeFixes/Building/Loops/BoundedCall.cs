namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// Writes one call that runs a body for every item of a source, so many at once: the runtime's, else the framework's.
/// </summary>
internal static class BoundedCall
{
    public static ExpressionSyntax? ForEach(
        Site site,
        ExpressionSyntax source,
        ExpressionSyntax body,
        ExpressionSyntax? token,
        string limit)
    {
        if (site.HasRuntime)
        {
            return Call(
                $"::TaskGroup.ForEachAsync($0, $1, {Limits.GroupOptions(limit, isEndless: false)}",
                token is null ? ")" : ", $2)",
                source,
                body,
                token);
        }

        if (site.Types.Parallel?.GetMembers("ForEachAsync").IsEmpty != false
            || CallerContext.Matters(site.Model.Compilation)
            || body is not ParenthesizedLambdaExpressionSyntax lambda)
        {
            return null;
        }

        // The framework's delegate gives a ValueTask, which an async lambda can be.
        var asynchronous = lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword)
            ? lambda
            : lambda.WithExpressionBody(Expressions.Await(site, (ExpressionSyntax)lambda.Body))
                .WithAsyncKeyword(SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        return Call(
            "global::System.Threading.Tasks.Parallel.ForEachAsync($0, "
            + $"new global::System.Threading.Tasks.ParallelOptions {{ MaxDegreeOfParallelism = {limit}",
            token is null ? " }, $1)" : ", CancellationToken = $2 }, $1)",
            source,
            asynchronous,
            token);
    }

    public static ExpressionSyntax? Select(
        Site site,
        ExpressionSyntax source,
        ExpressionSyntax body,
        ExpressionSyntax? token,
        int limit) =>
        site.HasRuntime
            ? Call(
                $"::TaskGroup.SelectAsync($0, $1, maxConcurrency: {limit}",
                token is null ? ")" : ", cancellationToken: $2)",
                source,
                body,
                token)
            : null;

    private static ExpressionSyntax Call(
        string start,
        string end,
        ExpressionSyntax source,
        ExpressionSyntax body,
        ExpressionSyntax? token) =>
        Code.Expression(
            start + end,
            token is null
                ? [source.WithoutTrivia(), body.WithoutTrivia()]
                : [source.WithoutTrivia(), body.WithoutTrivia(), token.WithoutTrivia()]);
}
