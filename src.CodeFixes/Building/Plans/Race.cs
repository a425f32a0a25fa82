using ScopedTasks.CodeFixes.Building.Groups;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Writes <c>TaskGroup.RaceAsync</c>, where nobody asks who has won.</summary>
internal sealed class Race : Plan
{
    private const LanguageVersion CSharp12 = (LanguageVersion)1200;

    public override Edit? For(Site site)
    {
        if (!site.HasRuntime
            || !site.CanAwait
            || site.Node is not InvocationExpressionSyntax call
            || site.Awaitables.ResultOf(site.Awaitables.ResultOf(site.Start.Type)) is not { } result
            || AwaitedResult.Of(site, call) is not { } awaited
            || ContendersOf(site, call) is not { } contenders
            || CancellableWork.Of(site, [.. contenders.Select(contender => contender.Work)]) is not { } work)
        {
            return null;
        }

        var edit = new Edit("Race them (the first success wins, the others are cancelled)").Replace(
            awaited.Whole,
            Expressions.Await(site, Call(site, work, result)).WithTriviaFrom(awaited.Whole));
        foreach (var statement in contenders.Select(contender => contender.Declaration).Append(awaited.Declaration))
        {
            if (statement is not null)
            {
                edit.Remove(statement);
            }
        }

        return Comments.AreKept(site, edit) ? edit : null;
    }

    private static ExpressionSyntax Call(Site site, CancellableWork work, ITypeSymbol result)
    {
        var holes = string.Join(", ", work.Delegates.Select((_, index) => "$" + index));
        var type = result.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
        var list = site.Language is >= CSharp12 and not LanguageVersion.Preview
            ? $"[{holes}]"
            : $"new Func<CancellationToken, Task<{type}>>[] {{ {holes} }}";
        return Code.Expression(
            $"::TaskGroup.RaceAsync({list}{(work.Token is null ? "" : $", ${work.Delegates.Count}")})",
            [.. work.Delegates, .. work.Token is null ? Array.Empty<SyntaxNode>() : [work.Token.WithoutTrivia()]]);
    }

    private static List<(ExpressionSyntax Work, StatementSyntax? Declaration)>? ContendersOf(
        Site site, InvocationExpressionSyntax call)
    {
        var elements = call.ArgumentList.Arguments.Select(argument => argument.Expression).ToList();
        if (elements is [ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var listed }])
        {
            elements = [.. listed];
        }
        else if (elements is [ArrayCreationExpressionSyntax { Initializer.Expressions: var typed }])
        {
            elements = [.. typed];
        }

        var contenders = new List<(ExpressionSyntax, StatementSyntax?)>();
        foreach (var element in elements)
        {
            switch (element)
            {
                case InvocationExpressionSyntax work:
                    contenders.Add((work, null));
                    break;
                case IdentifierNameSyntax name when KeptLocal.Of(site, name) is { } kept && kept.StandsBefore(call):
                    contenders.Add((kept.Value, kept.Declaration));
                    break;
                default:
                    return null;
            }
        }

        return contenders.Count > 1 ? contenders : null;
    }
}
