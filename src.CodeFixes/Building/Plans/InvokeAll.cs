namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Calls every subscriber of an event by itself, and waits for all of them.</summary>
internal sealed class InvokeAll : Plan
{
    public override Edit? For(Site site)
    {
        if (RaisedEvent.Of(site) is not { } raised)
        {
            return null;
        }

        var names = new Names(site);
        var arguments = new Arguments(site, raised.Call, names);
        if (arguments.AreByReference || !raised.TryKeep(arguments))
        {
            return null;
        }

        var written = Written(site, raised, arguments, names);
        var edit = new Edit(site.HasRuntime
            ? "Run every handler in a task group (waits for all; failures come out at the end)"
            : "Await every handler with 'Task.WhenAll'");
        if (arguments.Statements.IsEmpty)
        {
            edit.Replace((SyntaxNode)raised.Whole, written.WithTriviaFrom(raised.Whole));
        }
        else if (raised.Statement is { } statement)
        {
            var kept = arguments.Statements;
            edit.Replace(
                statement,
                [
                    kept[0].WithLeadingTrivia(statement.GetLeadingTrivia()),
                    .. kept.Skip(1),
                    statement.ReplaceNode(raised.Whole, written.WithTriviaFrom(raised.Whole))
                        .WithLeadingTrivia(SyntaxFactory.Whitespace(Site.IndentationOf(statement))),
                ]);
        }
        else
        {
            return null;
        }

        return Comments.AreKept(site, edit) ? edit : null;
    }

    private static ExpressionSyntax Written(Site site, RaisedEvent raised, Arguments arguments, Names names)
    {
        var list = raised.IsGuarded
            ? Code.Expression(
                "$0?.GetInvocationList() ?? global::System.Array.Empty<global::System.Delegate>()", raised.Event)
            : Code.Expression("$0.GetInvocationList()", raised.Event);
        var handler = names.ForParameter("handler");
        var call = Code.Expression(
            $"(({raised.DelegateType}){handler})(){(raised.IsValueTask ? ".AsTask()" : string.Empty)}");
        call = call.ReplaceNode(
            call.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Last().ArgumentList,
            raised.ArgumentsWith(arguments));
        return site.HasRuntime
            ? Code.Expression(
                $"::TaskGroup.ForEachAsync($0, ({handler}, {names.ForParameter("ct")}) => $1, "
                + "::TaskGroupOptions.Collect)",
                list,
                call)
            : Code.Expression(
                "global::System.Threading.Tasks.Task.WhenAll("
                + $"global::System.Linq.Enumerable.Select($0, {handler} => $1))",
                list,
                call);
    }
}
