namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Awaits a complete task where a <c>?.</c> finds null, or asks for null first where there is a result.
/// </summary>
internal sealed class Coalesce : Plan
{
    public override Edit? For(Site site) =>
        site.Node is ConditionalAccessExpressionSyntax whole
            ? OfComplete(site, whole) ?? OfStatement(site, whole)
            : null;

    private static Edit? OfComplete(Site site, ConditionalAccessExpressionSyntax whole)
    {
        var configured = ConfiguredIn(whole);
        if (None(site, configured?.Expression ?? LastOf(whole)) is not var (none, title))
        {
            return null;
        }

        var edit = new Edit(title);
        if (configured is null)
        {
            return edit.Replace(whole, CompletedTasks.Coalesced(whole, none));
        }

        // Behind the check, nothing would be configured where there is nothing.
        var task = whole.ReplaceNode(configured.Parent!, configured.Expression.WithoutTrailingTrivia());
        var coalesced = Code.Expression("($0 ?? $1)", task.WithoutTrivia(), none);
        var call = (InvocationExpressionSyntax)configured.Parent!;
        edit.Replace(whole, call.WithExpression(configured.WithExpression(coalesced)).WithTriviaFrom(whole));
        return Comments.AreKept(site, edit) ? edit : null;
    }

    /// <summary>What is awaited for nothing, and what the menu says of it; null where only a result would do.</summary>
    private static (ExpressionSyntax None, string Title)? None(Site site, ExpressionSyntax task) =>
        site.Model.GetTypeInfo(task, site.CancellationToken).Type switch
        {
            var type when SymbolEqualityComparer.Default.Equals(type, site.Types.Task) =>
                site.Types.Task!.GetMembers("CompletedTask").IsEmpty
                    ? null
                    : (CompletedTasks.Of(site, site.Types.Task!), "Await 'Task.CompletedTask' where there is none"),
            var type when site.Awaitables.IsValueTask(type) && site.Awaitables.ResultOf(type) is null =>
                (Code.Expression("default"), "Await a complete 'ValueTask' where there is none"),
            _ => null,
        };

    // What would the result be? Where nobody asks for it, there is nothing to await.
    private static Edit? OfStatement(Site site, ConditionalAccessExpressionSyntax whole)
    {
        if (Outermost(whole).Parent is not AwaitExpressionSyntax { Parent: ExpressionStatementSyntax statement } awaited
            || !NullGuard.IsSimple(site, whole.Expression)
            || NullGuard.Unconditional(whole.WhenNotNull, whole.Expression) is not { } work)
        {
            return null;
        }

        var operand = awaited.Expression.ReplaceNode(whole, work.WithoutTrivia());
        var edit = new Edit("Await it where there is one").Replace(
            (SyntaxNode)statement,
            NullGuard.Write(
                site, statement, whole.Expression, awaited.WithExpression(operand).WithoutTrivia()));
        return Comments.AreKept(site, edit) ? edit : null;
    }

    /// <summary>The <c>.ConfigureAwait</c> behind the last check; null where there is none.</summary>
    private static MemberAccessExpressionSyntax? ConfiguredIn(ConditionalAccessExpressionSyntax whole) =>
        LastOf(whole) is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured,
        }
            ? configured
            : null;

    private static ExpressionSyntax LastOf(ConditionalAccessExpressionSyntax whole)
    {
        var last = whole.WhenNotNull;
        while (last is ConditionalAccessExpressionSyntax inner)
        {
            last = inner.WhenNotNull;
        }

        return last;
    }

    // In `(x?.LoadAsync()).ConfigureAwait(false)` the call, else the expression itself.
    private static ExpressionSyntax Outermost(ExpressionSyntax whole)
    {
        var current = whole;
        while (true)
        {
            switch (current.Parent)
            {
                case ParenthesizedExpressionSyntax parent:
                    current = parent;
                    break;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call }:
                    current = call;
                    break;
                default:
                    return current;
            }
        }
    }
}
