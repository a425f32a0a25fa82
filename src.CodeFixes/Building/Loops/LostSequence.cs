using ScopedTasks.Analyzers.Flow.Sequences;

namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// A deferred sequence of tasks that is lost: dropped, discarded, or kept in a local that nobody reads.
/// </summary>
/// <param name="Statement">The statement that loses it.</param>
/// <param name="Value">The whole sequence.</param>
internal sealed record LostSequence(StatementSyntax Statement, ExpressionSyntax Value)
{
    public static LostSequence? Of(Site site)
    {
        if (site.Start is not IInvocationOperation call
            || SequenceFates.Of(site.Model.Compilation).LossOf(call, site.CancellationToken) is not { } loss)
        {
            return null;
        }

        return DroppedWork.Of(site.Node) is { Guard: null, Statement: { } statement } dropped
            ? new(statement, ValueOf(dropped.Whole))
            : LostLocal.Of(site, loss) is { } local ? new(local.Declaration, ValueOf(local.Value)) : null;
    }

    /// <summary>One call that runs the work of each element, so much at once, and waits for all of it.</summary>
    public Edit? InGroup(Site site)
    {
        if (Value != site.Node
            || Value is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "Select",
                    Expression: var source,
                },
                ArgumentList.Arguments: [{ Expression: var selector }],
            }
            || OwnedResources.AreUsedBy(site, selector)
            || EndlessCalls.IsEndless(site, selector)
            || !new Tokens(site).TryFind([selector], out var token)
            || ItemBody.Of(site, selector, token) is not { } body)
        {
            return null;
        }

        var limit = Limits.Of(site, selector);
        return BoundedCall.ForEach(site, source, body, token, $"{limit}") is { } call
            ? Write(site, $"Run in a task group: at most {limit} at once {FailureModes.CollectTitle}", call)
            : null;
    }

    /// <summary><c>await Task.WhenAll(sequence)</c>: all at once.</summary>
    public Edit? WithWhenAll(Site site) =>
        site.Model.GetTypeInfo(Value, site.CancellationToken).Type is INamedTypeSymbol { TypeArguments: [var element] }
        && site.Awaitables.IsTask(element)
        && !EndlessCalls.IsEndless(site, Value)
            ? Write(
                site,
                "Await all with 'Task.WhenAll'",
                Code.Expression("global::System.Threading.Tasks.Task.WhenAll($0)", Value.WithoutTrivia()))
            : null;

    private Edit? Write(Site site, string title, ExpressionSyntax call)
    {
        var edit = new Edit(title).Replace(
            Statement, Code.Statement("$0;", Expressions.Await(site, call)).WithTriviaFrom(Statement));
        return Comments.AreKept(site, edit) ? edit : null;
    }

    private static ExpressionSyntax ValueOf(ExpressionSyntax whole) =>
        Expressions.Unparenthesized(whole is AssignmentExpressionSyntax discard ? discard.Right : whole);
}
