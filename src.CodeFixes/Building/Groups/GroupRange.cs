namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// The statements that a group is to take, with what the compiler's analyses say of them: how they are left, what is
/// read after them, and whether a lambda can hold them.
/// </summary>
internal sealed class GroupRange
{
    private readonly Site _site;
    private readonly ControlFlowAnalysis _flow;
    private readonly DataFlowAnalysis _data;

    private GroupRange(
        Site site, IReadOnlyList<StatementSyntax> statements, ControlFlowAnalysis flow, DataFlowAnalysis data)
    {
        _site = site;
        _flow = flow;
        _data = data;
        Statements = statements;
        EndsFunction = AreLastOfFunction(statements);
        Exits = flow.ExitPoints.Concat(flow.ReturnStatements).Distinct().OfType<StatementSyntax>()
            .Where(exit => !StaysInside(exit)).OrderBy(exit => exit.SpanStart).ToList();
    }

    public IReadOnlyList<StatementSyntax> Statements { get; }

    /// <summary>Whether nothing of the function comes after the range but its local functions.</summary>
    public bool EndsFunction { get; }

    public bool EndIsReachable => _flow.EndPointIsReachable;

    /// <summary>The statements that leave the range before its end: returns and jumps.</summary>
    public IReadOnlyList<StatementSyntax> Exits { get; }

    public IEnumerable<ReturnStatementSyntax> Returns => Exits.OfType<ReturnStatementSyntax>();

    /// <summary>The variables that get a value in the range that is read after it.</summary>
    public ImmutableArray<ISymbol> Values => _data.DataFlowsOut;

    /// <summary>The variables that are declared in the range and used after it.</summary>
    /// <remarks>That a resource is disposed where its block ends, counts as a use for the analysis.</remarks>
    public IEnumerable<ISymbol> Outlasting => _data.VariablesDeclared.Where(variable =>
        (_data.ReadOutside.Contains(variable) && variable is not ILocalSymbol { IsUsing: true })
        || _data.WrittenOutside.Contains(variable)
        || _data.CapturedOutside.Contains(variable));

    /// <summary>Whether the range can become the body of a lambda, whatever is read after it.</summary>
    public bool FitsLambda =>
        (Exits.Count == 0 || (EndsFunction && Exits.All(exit => exit is ReturnStatementSyntax)))
        && CanAwait(Statements[0])
        && (EndsFunction || !Statements.Any(WritesAmbient))
        && !Statements.Any(RethrowsOuter)
        && !UsesWhatNoLambdaHolds;

    /// <summary>Whether a group can be joined before every normal exit.</summary>
    public bool CanJoin =>
        Exits.All(exit => CanAwait(exit) && !IsCaught(exit))
        && (!EndIsReachable || CanAwait(Statements[Statements.Count - 1]));

    // A struct's own fields, references, spans.
    private bool UsesWhatNoLambdaHolds =>
        _data.ReadInside.Concat(_data.WrittenInside).Except(_data.VariablesDeclared).Any(variable =>
            variable switch
            {
                ILocalSymbol local => local.IsRef || local.Type.IsRefLikeType,
                IParameterSymbol parameter => Captures.AreImpossible(parameter),
                _ => false,
            });

    /// <summary>The range; null where no group can take it: compiled on condition, an iterator's, jumped to.</summary>
    public static GroupRange? Of(Site site, IReadOnlyList<StatementSyntax> statements)
    {
        if (statements.Count == 0 || statements.Any(statement => HasConditions(statement) || Yields(statement)))
        {
            return null;
        }

        var flow = site.Model.AnalyzeControlFlow(statements[0], statements[statements.Count - 1]);
        var data = site.Model.AnalyzeDataFlow(statements[0], statements[statements.Count - 1]);
        return flow is { Succeeded: true, EntryPoints.Length: 0 } && data is { Succeeded: true }
            ? new(site, statements, flow, data)
            : null;
    }

    /// <summary>Whether a value is the same when the children have ended: a constant, a local.</summary>
    public bool IsLasting(ExpressionSyntax value)
    {
        value = Expressions.Unparenthesized(value);
        return value is LiteralExpressionSyntax or DefaultExpressionSyntax
            || _site.Model.GetConstantValue(value, _site.CancellationToken).HasValue
            || (value is IdentifierNameSyntax
                && _site.Model.GetSymbolInfo(value, _site.CancellationToken).Symbol
                    is ILocalSymbol or IParameterSymbol);
    }

    // The analysis counts a jump back to a label of the range among those that leave it.
    private bool StaysInside(StatementSyntax exit) =>
        exit is GotoStatementSyntax { Expression: IdentifierNameSyntax label }
        && Statements.SelectMany(OwnNodes.Of).OfType<LabeledStatementSyntax>().Any(statement =>
            statement.Identifier.ValueText == label.Identifier.ValueText);

    private bool CanAwait(StatementSyntax statement) =>
        AsyncPlace.CanAwait(statement, _site.Model, _site.CancellationToken);

    // The body would catch what the children threw, and the group throw it again.
    private bool IsCaught(StatementSyntax exit) =>
        exit.Ancestors().TakeWhile(ancestor => !Statements.Any(statement => statement.Parent == ancestor))
            .Any(ancestor => ancestor is TryStatementSyntax { Catches.Count: > 0 } @try
                && @try.Block.Span.Contains(exit.Span));

    private static bool AreLastOfFunction(IReadOnlyList<StatementSyntax> range)
    {
        var last = range[range.Count - 1];
        var list = StatementList.Around(last);
        return list is { IsFunctionBody: true }
            && list.Statements.SkipWhile(statement => statement != last).Skip(1)
                .All(statement => statement is LocalFunctionStatementSyntax);
    }

    private bool RethrowsOuter(StatementSyntax statement) =>
        OwnNodes.Of(statement).OfType<ThrowStatementSyntax>().Any(@throw =>
            @throw.Expression is null
            && !@throw.Ancestors().TakeWhile(ancestor => ancestor != statement.Parent).Any(ancestor =>
                ancestor is CatchClauseSyntax));

    // What a lambda writes to an `AsyncLocal` is gone when it returns.
    private bool WritesAmbient(StatementSyntax statement) =>
        OwnNodes.Of(statement).Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => IsAmbient(assignment.Left),
            PostfixUnaryExpressionSyntax unary => IsAmbient(unary.Operand),
            PrefixUnaryExpressionSyntax unary => IsAmbient(unary.Operand),
            _ => false,
        });

    private bool IsAmbient(ExpressionSyntax target) =>
        target is MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access
        && _site.Model.GetSymbolInfo(access, _site.CancellationToken).Symbol is IPropertySymbol property
        && (member, property.ContainingType.Name) is ("Value", "AsyncLocal")
            or ("CurrentCulture", "CultureInfo" or "Thread") or ("CurrentUICulture", "CultureInfo" or "Thread")
            or ("CurrentPrincipal", "Thread") or ("Current", "Activity");

    private static bool Yields(SyntaxNode node) => OwnNodes.Of(node).Any(inner => inner is YieldStatementSyntax);

    // What `#if` leaves out nobody can analyse; regions and pragmas stay with their lines.
    private static bool HasConditions(SyntaxNode node) =>
        node.ContainsDirectives && node.DescendantTrivia(descendIntoTrivia: true).Any(trivia =>
            trivia.IsDirective && trivia.Kind() is not (SyntaxKind.RegionDirectiveTrivia
                or SyntaxKind.EndRegionDirectiveTrivia or SyntaxKind.PragmaWarningDirectiveTrivia));
}
