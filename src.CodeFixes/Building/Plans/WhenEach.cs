namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Writes <c>await foreach (var t in Task.WhenEach(tasks))</c> for a loop that removes each task which has ended.
/// </summary>
internal sealed class WhenEach : Plan
{
    public override Edit? For(Site site)
    {
        if (site.Types.Task!.GetMembers("WhenEach").IsEmpty
            || !site.CanAwait
            || site.Node is not InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var tasks }] }
            || tasks is not IdentifierNameSyntax
            || site.Model.GetSymbolInfo(tasks, site.CancellationToken).Symbol is not ILocalSymbol collection
            || site.Node.FirstAncestorOrSelf<WhileStatementSyntax>() is not
                { Statement: BlockSyntax { Statements: [var first, var second, ..] } body } loop
            || !AsksWhetherAnyIsLeft(loop.Condition, collection.Name)
            || WinnerOf(site, first) is not { } winner
            || !Removes(second, collection.Name, winner.Identifier.ValueText)
            || MentionsOf(site, collection).Any(mention =>
                mention.SpanStart >= loop.SpanStart
                && !loop.Condition.Span.Contains(mention.Span)
                && !first.Span.Contains(mention.Span)
                && !second.Span.Contains(mention.Span))
            || IsAround(site, loop, collection))
        {
            return null;
        }

        ExpressionSyntax each = Code.Expression(
            "global::System.Threading.Tasks.Task.WhenEach($0)", tasks.WithoutTrivia());
        if (winner.IsConfigured)
        {
            each = Code.Expression("$0.ConfigureAwait(false)", each);
        }

        var rest = body.Statements.Skip(2).ToList();
        if (rest.Count > 0)
        {
            rest[0] = rest[0].WithLeadingTrivia(WithoutBlankLines(rest[0].GetLeadingTrivia()));
        }

        var written = (CommonForEachStatementSyntax)Code.Statement(
            $"await foreach ({winner.Type} {winner.Identifier} in $0) {{ }}", each);
        var edit = new Edit("Take them as they end with 'Task.WhenEach'").Replace(
            (SyntaxNode)loop,
            written.WithStatement(body.WithStatements(SyntaxFactory.List(rest)))
                .WithCloseParenToken(loop.CloseParenToken)
                .WithTriviaFrom(loop));
        return Comments.AreKept(site, edit) ? edit : null;
    }

    /// <summary>The local that <c>await Task.WhenAny(tasks)</c> gives its task to.</summary>
    private static Winner? WinnerOf(Site site, StatementSyntax statement)
    {
        if (statement is not LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: 0,
                Declaration:
                {
                    Type: var type, Variables: [{ Initializer.Value: AwaitExpressionSyntax awaited } variable],
                },
            })
        {
            return null;
        }

        var isConfigured = awaited.Expression is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access,
        } && access.Expression == site.Node;
        return isConfigured && !ConfigureAwaitStyle.IsFalseIn(site)
            ? null
            : isConfigured || awaited.Expression == site.Node
                ? new(type.WithoutTrivia(), variable.Identifier.WithoutTrivia(), isConfigured)
                : null;
    }

    private static bool AsksWhetherAnyIsLeft(ExpressionSyntax condition, string tasks) => condition switch
    {
        BinaryExpressionSyntax { Right: LiteralExpressionSyntax { Token.ValueText: "0" } } comparison =>
            comparison.Kind() is SyntaxKind.GreaterThanExpression or SyntaxKind.NotEqualsExpression
            && IsMember(comparison.Left, tasks, "Count"),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: var called } =>
            IsMember(called, tasks, "Any"),
        _ => false,
    };

    private static bool Removes(StatementSyntax statement, string tasks, string winner)
    {
        var expression = (statement as ExpressionStatementSyntax)?.Expression;
        if (expression is AssignmentExpressionSyntax
            {
                Left: IdentifierNameSyntax { Identifier.ValueText: "_" },
            } discard)
        {
            expression = discard.Right;
        }

        return expression is InvocationExpressionSyntax
            {
                ArgumentList.Arguments: [{ Expression: IdentifierNameSyntax argument }], Expression: var called,
            }
            && argument.Identifier.ValueText == winner
            && IsMember(called, tasks, "Remove");
    }

    private static bool IsMember(ExpressionSyntax expression, string instance, string name) =>
        expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax receiver } access
        && receiver.Identifier.ValueText == instance
        && access.Name.Identifier.ValueText == name;

    private static IEnumerable<SyntaxNode> MentionsOf(Site site, ILocalSymbol collection) =>
        site.Member.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name =>
            name.Identifier.ValueText == collection.Name
            && SymbolEqualityComparer.Default.Equals(
                site.Model.GetSymbolInfo(name, site.CancellationToken).Symbol, collection));

    // An outer loop, or a function of its own, may look at the collection again: it is no longer empty then.
    private static bool IsAround(Site site, StatementSyntax loop, ILocalSymbol collection)
    {
        var declaration = collection.DeclaringSyntaxReferences[0].GetSyntax(site.CancellationToken);
        return loop.Ancestors().TakeWhile(ancestor => !ancestor.Span.Contains(declaration.Span)).Any(ancestor =>
                ancestor is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                    or CommonForEachStatementSyntax || OwnNodes.IsFunction(ancestor))
            || MentionsOf(site, collection).Any(mention =>
                mention.SpanStart < loop.SpanStart
                && mention.Ancestors().TakeWhile(ancestor => !ancestor.Span.Contains(loop.Span))
                    .Any(OwnNodes.IsFunction));
    }

    private static IEnumerable<SyntaxTrivia> WithoutBlankLines(SyntaxTriviaList trivia) =>
        trivia.SkipWhile(part => part.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>The local that holds the task which has ended, and how the wait for it was written.</summary>
    private sealed record Winner(TypeSyntax Type, SyntaxToken Identifier, bool IsConfigured);
}
