namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// A sequence of tasks made by a selector and awaited as a whole: <c>await Task.WhenAll(xs.Select(x =&gt; F(x)))</c>.
/// </summary>
internal sealed class FanOut
{
    private readonly ExpressionSyntax _source;
    private readonly ExpressionSyntax _selector;
    private readonly AwaitExpressionSyntax _awaited;
    private readonly CollectedTasks _collected;

    private FanOut(
        ExpressionSyntax source,
        ExpressionSyntax selector,
        AwaitExpressionSyntax awaited,
        CollectedTasks collected)
    {
        _source = source;
        _selector = selector;
        _awaited = awaited;
        _collected = collected;
    }

    public static FanOut? Of(Site site)
    {
        if (SelectAround(site) is not { } select
            || select.Expression is not MemberAccessExpressionSyntax { Expression: var source }
            || select.ArgumentList.Arguments is not [{ Expression: var selector }])
        {
            return null;
        }

        ExpressionSyntax sequence = select;
        while (sequence.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } access
            && access.Name.Identifier.ValueText is "ToList" or "ToArray")
        {
            sequence = outer;
        }

        switch (sequence.Parent)
        {
            case ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax whenAll }
                when WhenAllCall.AwaitOf(site, whenAll) is { } awaited:
                return new(source, selector, awaited, CollectedTasks.None);

            case EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax declaration }
                when CollectedTasks.Of(site, declaration) is { Join: { } join } collected:
                var call = join.DescendantNodes().OfType<AwaitExpressionSyntax>().FirstOrDefault();
                return call is null ? null : new(source, selector, call, collected);

            default:
                return null;
        }
    }

    public Edit? Write(Site site)
    {
        if (!new Tokens(site).TryFind([_selector], out var token) || OwnedResources.AreUsedBy(site, _selector)
            || ItemBody.Of(site, _selector, token) is not { } body)
        {
            return null;
        }

        var limit = Limits.Of(site, _selector);
        var isUsed = _awaited.Parent is not ExpressionStatementSyntax;
        var call = isUsed
            ? BoundedCall.Select(site, _source, body, token, limit)
            : BoundedCall.ForEach(site, _source, body, token, $"{limit}");
        var title = $"Bound it: at most {limit} at once "
            + (isUsed ? "(the first failure cancels the rest)" : FailureModes.CollectTitle);
        return call is null
            ? null
            : _collected.Await(new Edit(title), _awaited, Awaited(call));
    }

    // As the await was configured that it replaces: the site may be in a lambda, which has another style.
    private ExpressionSyntax Awaited(ExpressionSyntax call) =>
        ConfigureAwaitStyle.IsConfigured(_awaited.Expression)
        && _awaited.Expression is InvocationExpressionSyntax { ArgumentList: var arguments }
            ? Code.Expression("await $0.ConfigureAwait($1)", call, arguments.Arguments[0].Expression)
            : Code.Expression("await $0", call);

    private static InvocationExpressionSyntax? SelectAround(Site site)
    {
        for (var current = site.Node; current is not null and not StatementSyntax; current = current.Parent)
        {
            if (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
                && access.Name.Identifier.ValueText == "Select"
                && site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is IMethodSymbol method
                && method.ContainingType.Is(site.Types.Enumerable))
            {
                return call;
            }
        }

        return null;
    }
}
