using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.CodeFixes.Building.Waits;

/// <summary>What is awaited instead of a primitive that blocks: the same wait, with the same arguments.</summary>
internal static class AwaitedPrimitive
{
    private const string Tasks = "global::System.Threading.Tasks.";

    /// <param name="site">The site.</param>
    /// <param name="form">What the primitive waits for.</param>
    /// <param name="blocking">The call; of <c>x?.Wait()</c> its <c>x.Wait()</c>.</param>
    public static BlockedWait? Of(Site site, PrimitiveForm form, ExpressionSyntax blocking) =>
        site.Start is IInvocationOperation call && blocking is InvocationExpressionSyntax written
            ? form switch
            {
                PrimitiveForm.Sleep => OfSleep(site, call, written),
                PrimitiveForm.Semaphore => Twin(call, written, "WaitAsync"),
                PrimitiveForm.Process when call.Arguments.IsEmpty => Twin(call, written, "WaitForExitAsync"),
                _ => null,
            }
            : null;

    private static BlockedWait? OfSleep(Site site, IInvocationOperation call, InvocationExpressionSyntax written)
    {
        if (written.ArgumentList.Arguments is not [var time])
        {
            return null;
        }

        if (!Timeouts.IsZero(call))
        {
            var delay = Code.Expression(Tasks + "Task.Delay");
            var argument = written.ArgumentList.ReplaceNode(time, time.WithNameColon(null));
            return new(SyntaxFactory.InvocationExpression(delay, argument), "Await 'Task.Delay' instead");
        }

        // Nothing can configure a yield, so where every await is configured none is written.
        return ConfigureAwaitStyle.IsFalseIn(site) || Comments.AreIn(written)
            ? null
            : new(Code.Expression(Tasks + "Task.Yield()"), "Await 'Task.Yield' instead");
    }

    private static BlockedWait? Twin(IInvocationOperation call, InvocationExpressionSyntax written, string name)
    {
        if (call.TargetMethod.ContainingType.GetMembers(name).IsEmpty
            || NameIn(written.Expression) is not { } old)
        {
            return null;
        }

        var twin = written.Expression.ReplaceNode(old, SyntaxFactory.IdentifierName(name).WithTriviaFrom(old));
        return new(written.WithExpression(twin), $"Await '{name}' instead");
    }

    private static SimpleNameSyntax? NameIn(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };
}
