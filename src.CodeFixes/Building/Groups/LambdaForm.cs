namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Writes a group as a call with a lambda that holds the range: a statement, a return, or an assignment of what is read
/// afterwards.
/// </summary>
internal static class LambdaForm
{
    private const int MostValues = 4;

    public static IReadOnlyList<StatementSyntax>? Write(
        Site site, GroupOpening group, GroupRange range, GroupBody body, string indentation)
    {
        if (!range.FitsLambda
            || OutlastingLocals.Of(site, range) is not { } locals
            || ValueOf(site, range) is not { } value)
        {
            return null;
        }

        var statements = body.Of(range, locals);
        if (value.Tail is { } tail)
        {
            statements.Add(tail);
        }

        // Without an await the lambda cannot be async; what it returns then is a task that is complete.
        var isAsync = statements.Any(ContainsAwait);
        if (!isAsync && value.Exists)
        {
            statements = statements.ConvertAll(statement => Completed(statement, value.TypeArgument));
        }

        // The formatter keeps a lambda's braces where they are, relative to the statement, and indents what is between.
        var line = site.NewLine + indentation;
        var call = group.Call(
            "RunAsync" + value.TypeArgument,
            $"{(isAsync ? "async " : "")}{group.Name} =>{line}{{{site.NewLine}$0;{line}}}",
            Code.Statements(statements));
        return [.. locals.Declarations, Code.Statement($"{value.Prefix}$0;", Expressions.Await(site, call))];
    }

    private static GroupValue? ValueOf(Site site, GroupRange range)
    {
        if (range.EndsFunction)
        {
            return OfFunction(site, range);
        }

        // A child that goes on writing would be overwritten with what the body saw last.
        var values = range.Values;
        return values.IsEmpty ? GroupValue.None
            : values.Length <= MostValues
                && !values.Any(value => IsByReference(value) || Writes.AreInNestedFunctions(site, value))
                ? GroupValue.OfVariables(site, values)
            : null;
    }

    private static GroupValue? OfFunction(Site site, GroupRange range)
    {
        var returned = range.Returns.Select(@return => @return.Expression).OfType<ExpressionSyntax>().ToList();
        return site.Awaitables.ResultOf(site.Function.Symbol?.ReturnType) is { } result && !range.EndIsReachable
            ? GroupValue.OfReturns(site, returned, result)
            : returned.Count == 0 ? GroupValue.None : null;
    }

    private static bool IsByReference(ISymbol variable) =>
        variable is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None };

    private static StatementSyntax Completed(StatementSyntax statement, string typeArgument) =>
        statement.ReplaceNodes(
            OwnNodes.Of(statement).OfType<ReturnStatementSyntax>().Where(@return => @return.Expression is not null),
            (_, @return) => @return.WithExpression(Code.Expression(
                $"global::System.Threading.Tasks.Task.FromResult{typeArgument}($0)", @return.Expression!)));

    private static bool ContainsAwait(SyntaxNode node) =>
        OwnNodes.Of(node).Any(inner => inner is AwaitExpressionSyntax
            or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
            or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 });
}
