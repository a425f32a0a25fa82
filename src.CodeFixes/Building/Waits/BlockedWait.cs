using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Waits;

namespace ScopedTasks.CodeFixes.Building.Waits;

/// <summary>What stands for a blocking wait once it is awaited.</summary>
/// <param name="Task">The operand of the <c>await</c>.</param>
/// <param name="Title">What the menu calls it.</param>
internal sealed record BlockedWait(ExpressionSyntax Task, string Title)
{
    private const string AwaitIt = "Await it";

    /// <param name="site">The site.</param>
    /// <param name="blocking">The expression that blocks; of <c>x?.Wait()</c> its <c>x.Wait()</c>.</param>
    public static BlockedWait? Of(Site site, ExpressionSyntax blocking) =>
        BlockingWaits.Of(site.Model.Compilation).RowOf(site.Start)?.Form switch
        {
            BlockingForm.Result => Plain(Receiver(blocking)),
            BlockingForm.GetResult => Plain(Receiver(Receiver(blocking))),
            BlockingForm.Wait => OfWait(site, Receiver(blocking)),
            BlockingForm.WaitAll => OfAll(site, blocking),
            BlockingForm.WaitAny => OfAny(site, blocking),
            _ => null,
        };

    private static BlockedWait? Plain(ExpressionSyntax? task) => task is null ? null : new(task, AwaitIt);

    private static ExpressionSyntax? Receiver(ExpressionSyntax? expression) =>
        expression is null ? null : Expressions.Unparenthesized(expression) switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
            _ => null,
        };

    private static BlockedWait? OfWait(Site site, ExpressionSyntax? task)
    {
        if (task is null || site.Start is not IInvocationOperation call)
        {
            return null;
        }

        var limits = WaitLimits.Of(call);
        return limits.IsNone && (call.TargetMethod.ReturnsVoid || IsStatement(call))
            ? Plain(task)
            : Limited(site, call, limits, task);
    }

    private static BlockedWait? OfAll(Site site, ExpressionSyntax blocking)
    {
        if (site.Start is not IInvocationOperation call
            || Combined(blocking, "WhenAll", call, out var arguments) is not { } all)
        {
            return null;
        }

        var limits = WaitLimits.Of(call);
        return !limits.IsNone || (!call.TargetMethod.ReturnsVoid && !IsStatement(call))
            ? arguments == 1 ? Limited(site, call, limits, all) : null
            : new(all, "Await 'Task.WhenAll'");
    }

    private static BlockedWait? OfAny(Site site, ExpressionSyntax blocking) =>
        site.Start is IInvocationOperation call
        && IsStatement(call)
        && WaitLimits.Of(call).IsNone
        && !StartsItself(call)
        && Combined(blocking, "WhenAny", call, out _) is { } any
            ? new(any, "Await 'Task.WhenAny'")
            : null;

    /// <summary>The wait with its timeout, its token, or both.</summary>
    private static BlockedWait? Limited(
        Site site, IInvocationOperation call, WaitLimits limits, ExpressionSyntax task)
    {
        if (!CanWaitAsync(site))
        {
            return null;
        }

        var receiver = Expressions.AsReceiver(task.WithoutTrivia());
        if (limits.Timeout is null)
        {
            return call.TargetMethod.ReturnsVoid || IsStatement(call)
                ? new(Code.Expression("$0.WaitAsync($1)", receiver, limits.Token!), "Await it with the token")
                : null;
        }

        if (site.Types.CancelScope is null)
        {
            return null;
        }

        var ct = new Names(site).ForParameter("ct");
        var timeout = limits.IsMilliseconds
            ? Code.Expression("global::System.TimeSpan.FromMilliseconds($0)", limits.Timeout)
            : limits.Timeout;
        var waits = Code.Expression($"{ct} => $0.WaitAsync({ct})", receiver);
        return new(
            limits.Token is { } token
                ? Code.Expression("::CancelScope.MoveOnAfterAsync($0, $1, $2)", timeout, waits, token)
                : Code.Expression("::CancelScope.MoveOnAfterAsync($0, $1)", timeout, waits),
            "Await it with the timeout");
    }

    private static bool CanWaitAsync(Site site)
    {
        foreach (var member in site.Types.Task!.GetMembers("WaitAsync"))
        {
            if (member is IMethodSymbol { Parameters.Length: 1 } method
                && method.Parameters[0].Type.Is(site.Types.CancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStatement(IInvocationOperation call) => call.Parent is IExpressionStatementOperation;

    /// <summary><c>Task.WaitAll(a, b)</c> as <c>Task.WhenAll(a, b)</c>, without the timeout and the token.</summary>
    private static ExpressionSyntax? Combined(
        ExpressionSyntax blocking, string name, IInvocationOperation call, out int arguments)
    {
        arguments = 0;
        if (blocking is not InvocationExpressionSyntax invocation)
        {
            return null;
        }

        var old = invocation.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        if (old is null)
        {
            return null;
        }

        var limits = WaitLimits.Of(call);
        var kept = invocation.ArgumentList.Arguments;
        foreach (var argument in invocation.ArgumentList.Arguments)
        {
            if (argument.NameColon is not null)
            {
                return null;
            }

            if (argument.Expression == limits.TimeoutSyntax || argument.Expression == limits.TokenSyntax)
            {
                kept = kept.Remove(kept.First(other => other.IsEquivalentTo(argument)));
            }
        }

        arguments = kept.Count;
        return invocation
            .WithArgumentList(invocation.ArgumentList.WithArguments(kept))
            .WithExpression(invocation.Expression.ReplaceNode(
                old, SyntaxFactory.IdentifierName(name).WithTriviaFrom(old)));
    }

    /// <summary>Whether a contender is started here: the losers of the race would go on with nobody waiting.</summary>
    private static bool StartsItself(IInvocationOperation race)
    {
        foreach (var operation in race.Descendants())
        {
            if (operation is IInvocationOperation
                || (operation is ILocalReferenceOperation local && IsStarted(local)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsStarted(ILocalReferenceOperation local) =>
        LocalMentions.InitializerOf(local.Local, local) is not null;
}
