using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building.Loops;

/// <summary>
/// A loop that is a call, taken apart: <c>orders.ForEach(order =&gt; ..)</c>, <c>Parallel.ForEach(orders, ..)</c>.
/// </summary>
/// <param name="Site">The site, seen from the call.</param>
/// <param name="Call">The call.</param>
/// <param name="Row">What is known of the method.</param>
/// <param name="Source">What it walks over.</param>
/// <param name="Body">The function that it runs for each element.</param>
/// <param name="Options">Its limit and token.</param>
internal sealed record CalledLoop(
    Site Site,
    InvocationExpressionSyntax Call,
    LoopingApi Row,
    ExpressionSyntax Source,
    AnonymousFunctionExpressionSyntax Body,
    LoopOptions Options)
{
    /// <summary>The statement that the call is; null where it is a function's expression body.</summary>
    public ExpressionStatementSyntax? Statement => Call.Parent as ExpressionStatementSyntax;

    /// <summary>The loop around the site; null where its parts have no place in another form of it.</summary>
    public static CalledLoop? Of(Site site)
    {
        var fates = TaskFates.Of(site.Model.Compilation, site.Document.Project.AnalyzerOptions);
        if (fates.LoopCallOf(site.Start) is not
            {
                Call: { Syntax: InvocationExpressionSyntax call } loop,
                Body.Target.Syntax: AnonymousFunctionExpressionSyntax body,
                Row: var row,
            }
            || call.Expression is MemberBindingExpressionSyntax
            || ItemBody.ItemOf(body) is null
            || call.Parent is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax
                or AnonymousFunctionExpressionSyntax))
        {
            return null;
        }

        var around = site.At(loop);
        return SourceOf(around, loop) is { } source && LoopOptions.Of(around, loop) is { } options
            ? new(around, call, row, source, body, options)
            : null;
    }

    // By the names of the parameters: thread-local state, partitions and long counters have no other form.
    private static ExpressionSyntax? SourceOf(Site site, IInvocationOperation loop)
    {
        var source = loop.Instance?.Syntax as ExpressionSyntax;
        ExpressionSyntax? from = null;
        ExpressionSyntax? to = null;
        foreach (var argument in loop.Arguments)
        {
            var value = argument.Value.Syntax as ExpressionSyntax;
            switch (argument.Parameter?.Name)
            {
                case "source" or "array" when !IsPartitioned(argument.Parameter.Type):
                    source = WithoutParallel(value);
                    break;
                case "fromInclusive" when argument.Parameter.Type.SpecialType == SpecialType.System_Int32:
                    from = value;
                    break;
                case "toExclusive":
                    to = value;
                    break;
                case "action" or "body" or "parallelOptions":
                    break;
                default:
                    return null;
            }
        }

        return source ?? RangeOf(site, from, to);
    }

    private static bool IsPartitioned(ITypeSymbol type) =>
        type.OriginalDefinition.Name is "Partitioner" or "OrderablePartitioner";

    private static ExpressionSyntax? WithoutParallel(ExpressionSyntax? source) =>
        source is InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsParallel" } access,
        }
            ? access.Expression
            : source;

    // A count below zero is no turn of `Parallel.For`, and an exception of `Range`.
    private static ExpressionSyntax? RangeOf(Site site, ExpressionSyntax? from, ExpressionSyntax? to) =>
        from is LiteralExpressionSyntax { Token.Value: 0 } && to is not null && IsCount(site, to)
            ? Code.Expression("global::System.Linq.Enumerable.Range(0, $0)", to.WithoutTrivia())
            : null;

    private static bool IsCount(Site site, ExpressionSyntax number) =>
        number is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" or "Length" }
            or InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" },
            }
        || site.Model.GetConstantValue(number, site.CancellationToken) is { HasValue: true, Value: int and >= 0 };
}
