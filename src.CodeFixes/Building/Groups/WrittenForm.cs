namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// How a group's call stands in place of the statements it took: a statement, a return, or an assignment.
/// </summary>
/// <param name="Prefix">What stands before <c>await</c>: nothing, <c>return</c>, or the variables that are
/// assigned.</param>
/// <param name="TypeArgument">The explicit <c>&lt;T&gt;</c>, where the lambda's returns have no natural common
/// type.</param>
/// <param name="Tail">The statement that hands out what is read after the group.</param>
/// <param name="HasValue">Whether the group's body returns a value.</param>
internal sealed record WrittenForm(string Prefix, string TypeArgument, StatementSyntax? Tail, bool HasValue)
{
    private const int MostValues = 4;

    private static readonly WrittenForm Plain = new("", "", null, HasValue: false);

    public static WrittenForm? Of(Site site, IReadOnlyList<StatementSyntax> range)
    {
        if (range.Any(statement => statement.ContainsDirectives || Yields(statement))
            || (!EndsFunction(range) && range.Any(statement => WritesAmbient(site, statement))))
        {
            return null;
        }

        var flow = site.Model.AnalyzeControlFlow(range[0], range[range.Count - 1]);
        var data = site.Model.AnalyzeDataFlow(range[0], range[range.Count - 1]);
        if (flow is not { Succeeded: true } || data is not { Succeeded: true } || flow.EntryPoints.Length > 0)
        {
            return null;
        }

        if (flow.ExitPoints.Any(exit => exit is not ReturnStatementSyntax))
        {
            return null;
        }

        var returns = flow.ReturnStatements.OfType<ReturnStatementSyntax>().ToList();
        if (returns.Count > 0)
        {
            return EndsFunction(range) && data.DataFlowsOut.IsEmpty ? OfReturns(site, returns, flow) : null;
        }

        return data.DataFlowsOut.IsEmpty
            ? data.VariablesDeclared.Any(data.ReadOutside.Contains) ? null : Plain
            : OfValues(site, data);
    }

    /// <summary>Whether nothing of the function comes after the range but its local functions.</summary>
    public static bool EndsFunction(IReadOnlyList<StatementSyntax> range)
    {
        var last = range[range.Count - 1];
        var list = StatementList.Around(last);
        return list is { IsFunctionBody: true }
            && list.Statements.SkipWhile(statement => statement != last).Skip(1)
                .All(statement => statement is LocalFunctionStatementSyntax);
    }

    private static WrittenForm? OfReturns(Site site, List<ReturnStatementSyntax> returns, ControlFlowAnalysis flow)
    {
        if (returns.All(@return => @return.Expression is null))
        {
            return Plain;
        }

        var result = site.Awaitables.ResultOf(site.Function.Symbol?.ReturnType);
        if (result is null || flow.EndPointIsReachable)
        {
            return null;
        }

        var isNatural = returns.All(@return => HasNaturalType(site, @return.Expression!, result));
        var argument = isNatural ? "" : $"<{result.ToMinimalDisplayString(site.Model, site.Node.SpanStart)}>";
        return new("return ", argument, null, HasValue: true);
    }

    private static WrittenForm? OfValues(Site site, DataFlowAnalysis data)
    {
        var values = data.DataFlowsOut;
        if (values.Length > MostValues || values.Any(IsByReference))
        {
            return null;
        }

        var names = string.Join(", ", values.Select(value => value.Name));
        var text = values.Length == 1 ? names : $"({names})";
        return new($"{text} = ", "", Code.Statement($"return {text};{site.NewLine}"), HasValue: true);
    }

    private static bool IsByReference(ISymbol variable) =>
        variable is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None };

    private static bool HasNaturalType(Site site, ExpressionSyntax expression, ITypeSymbol result) =>
        !expression.DescendantNodesAndSelf().Any(node => node is ImplicitObjectCreationExpressionSyntax
            || node.IsKind(SyntaxKind.DefaultLiteralExpression) || node.IsKind(SyntaxKind.NullLiteralExpression))
        && SymbolEqualityComparer.Default.Equals(
            site.Model.GetTypeInfo(expression, site.CancellationToken).Type, result);

    // What a lambda writes to an `AsyncLocal` is gone when it returns.
    private static bool WritesAmbient(Site site, SyntaxNode node) =>
        OwnNodes.Of(node).OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } access
            && site.Model.GetTypeInfo(access.Expression, site.CancellationToken).Type
                is { Name: "AsyncLocal", ContainingNamespace.Name: "Threading" });

    private static bool Yields(SyntaxNode node) => OwnNodes.Of(node).Any(inner => inner is YieldStatementSyntax);
}
