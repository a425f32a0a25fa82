using ScopedTasks.Analyzers.Flow.Nulls;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Awaits a complete task where a <c>?.</c> finds null, or asks for null first where there is a result.
/// </summary>
internal sealed class Coalesce : Plan
{
    public override Edit? For(Site site) =>
        site.Start is IConditionalAccessOperation { Type: { } type } && site.Node is ExpressionSyntax whole
            ? SymbolEqualityComparer.Default.Equals(type, site.Types.Task)
                ? OfTask(site, whole)
                : OfStatement(site, whole)
            : null;

    private static Edit? OfTask(Site site, ExpressionSyntax whole) =>
        site.Types.Task!.GetMembers("CompletedTask").IsEmpty
            ? null
            : new Edit("Await 'Task.CompletedTask' where there is none").Replace(
                whole, CompletedTasks.Coalesced(whole, CompletedTasks.Of(site, site.Types.Task!)));

    // What would the result be? Where nobody asks for it, there is nothing to await.
    private static Edit? OfStatement(Site site, ExpressionSyntax whole)
    {
        if (whole is not ConditionalAccessExpressionSyntax access
            || Outermost(whole).Parent is not AwaitExpressionSyntax
            {
                Parent: ExpressionStatementSyntax statement,
            } awaited
            || !NullGuard.IsSimple(site, access.Expression)
            || NullGuard.Unconditional(site, access.WhenNotNull, access.Expression) is not { } work)
        {
            return null;
        }

        var operand = awaited.Expression.ReplaceNode(whole, work.WithoutTrivia());
        var line = site.NewLine;
        var edit = new Edit("Await it where there is one").Replace(
            (SyntaxNode)statement,
            Code.Statement(
                    $"if ($0 != null){line}{{{line}$1;{line}}}",
                    access.Expression.WithoutTrivia(),
                    awaited.WithExpression(operand).WithoutTrivia())
                .WithTriviaFrom(statement));
        return Comments.AreKept(site, edit) ? edit : null;
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
