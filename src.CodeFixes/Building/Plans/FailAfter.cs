using ScopedTasks.CodeFixes.Building.Groups;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Writes <c>CancelScope.FailAfterAsync</c>, whose timeout cancels the work and waits for it.</summary>
internal sealed class FailAfter : Plan
{
    private const string Title = "Cancel it after the timeout, and wait for it";

    public override Edit? For(Site site) =>
        site is { HasRuntime: true, Types.CancelScope: not null, CanAwait: true, Node: InvocationExpressionSyntax work }
            ? OfWait(site, work) ?? OfRace(site, work)
            : null;

    // `await F(ct).WaitAsync(timeout)`
    private static Edit? OfWait(Site site, InvocationExpressionSyntax work)
    {
        var whole = CallOn(work, "AsTask") ?? work;
        if (CallOn(whole, "WaitAsync") is not { ArgumentList.Arguments: { Count: > 0 } arguments } wait
            || arguments.Count > 2
            || arguments.Any(argument => argument.NameColon is not null)
            || (arguments.Count == 2 && !new Tokens(site).IsToken(arguments[1].Expression)))
        {
            return null;
        }

        return Call(site, work, arguments[0].Expression, arguments.Skip(1).FirstOrDefault()?.Expression) is { } call
            ? Kept(site, new Edit(Title).Replace(wait, call.WithTriviaFrom(wait)))
            : null;
    }

    // `var work = F(ct); if (await Task.WhenAny(work, Task.Delay(1)) != work) throw new TimeoutException();`
    private static Edit? OfRace(Site site, InvocationExpressionSyntax work)
    {
        if (work.Parent?.Parent is not VariableDeclaratorSyntax variable
            || site.Model.GetDeclaredSymbol(variable, site.CancellationToken) is not ILocalSymbol local
            || work.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { } start
            || start.Declaration.Variables.Count > 1
            || StatementList.Around(start) is not { Statements: var statements }
            || statements.Skip(statements.IndexOf(start) + 1).Take(2).ToList() is not
                [IfStatementSyntax { Else: null } test, var rest]
            || !ThrowsTimeout(test.Statement)
            || DelayIn(test.Condition, local.Name) is not { ArgumentList.Arguments: { Count: > 0 } delay }
            || KeptLocal.MentionsOf(site, local).ToList() is not [_, _, var last]
            || last.Parent is not AwaitExpressionSyntax awaited
            || awaited.FirstAncestorOrSelf<StatementSyntax>() != rest
            || !rest.Span.Contains(awaited.Span)
            || Time(site, delay[0].Expression) is not { } time
            || Call(site, work, time, delay.Skip(1).FirstOrDefault()?.Expression) is not { } call)
        {
            return null;
        }

        return Kept(site, new Edit(Title)
            .Remove(start)
            .Remove(test)
            .Replace(
                (SyntaxNode)rest,
                rest.ReplaceNode(awaited, Expressions.Await(site, call).WithTriviaFrom(awaited))
                    .WithLeadingTrivia(start.GetLeadingTrivia())));
    }

    private static Edit? Kept(Site site, Edit edit) => Comments.AreKept(site, edit) ? edit : null;

    private static ExpressionSyntax? Call(
        Site site, InvocationExpressionSyntax work, ExpressionSyntax time, ExpressionSyntax? token)
    {
        if (CancellableWork.Of(site, [work], token) is not { Delegates: [var function] } cancellable)
        {
            return null;
        }

        return cancellable.Token is { } passed
            ? Code.Expression(
                "::CancelScope.FailAfterAsync($0, $1, $2)", time.WithoutTrivia(), function, passed.WithoutTrivia())
            : Code.Expression("::CancelScope.FailAfterAsync($0, $1)", time.WithoutTrivia(), function);
    }

    private static ExpressionSyntax? Time(Site site, ExpressionSyntax time) =>
        site.Model.GetTypeInfo(time, site.CancellationToken).Type switch
        {
            { Name: "TimeSpan" } => time,
            { SpecialType: SpecialType.System_Int32 } =>
                Code.Expression("global::System.TimeSpan.FromMilliseconds($0)", time.WithoutTrivia()),
            _ => null,
        };

    // Another exception, or one that says more, would be lost.
    private static bool ThrowsTimeout(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: [var only] } => ThrowsTimeout(only),
        ThrowStatementSyntax
        {
            Expression: ObjectCreationExpressionSyntax
            {
                Type: IdentifierNameSyntax { Identifier.ValueText: "TimeoutException" },
                ArgumentList.Arguments.Count: 0,
                Initializer: null,
            },
        } => true,
        _ => false,
    };

    private static InvocationExpressionSyntax? DelayIn(ExpressionSyntax condition, string work)
    {
        if (condition is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } test
            || !IsNamed(test.Right, work)
            || test.Left is not AwaitExpressionSyntax { Expression: var awaited })
        {
            return null;
        }

        if (awaited is InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } configured,
            })
        {
            awaited = configured.Expression;
        }

        return awaited is InvocationExpressionSyntax { ArgumentList.Arguments: [var first, { Expression: var second }] }
            && IsNamed(first.Expression, work)
            ? second as InvocationExpressionSyntax
            : null;
    }

    private static bool IsNamed(ExpressionSyntax expression, string name) =>
        expression is IdentifierNameSyntax { Identifier.ValueText: var own } && own == name;

    private static InvocationExpressionSyntax? CallOn(ExpressionSyntax receiver, string name) =>
        receiver.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
        && access.Expression == receiver
        && access.Name.Identifier.ValueText == name
            ? call
            : null;
}
