using ScopedTasks.Analyzers.Flow.Captures;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Copies a variable that the loop changes, before the work that reads it: <c>var iCopy = i;</c>.</summary>
internal sealed class CopyVariable : Plan
{
    public override Edit? For(Site site)
    {
        if (LoopCaptures.Of(site.Model.Compilation).CaptureAt(site.Node, site.Model, site.CancellationToken)
                is not { } capture
            || StatementOf(capture) is not { } statement
            || IsWrittenBetween(capture, statement))
        {
            return null;
        }

        var name = capture.Variable.Name;
        var copy = new Names(site).Fresh(name + "Copy");
        var reads = capture.Function.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(identifier => identifier.Identifier.ValueText == name
                && !IsName(identifier)
                && SymbolEqualityComparer.Default.Equals(
                    site.Model.GetSymbolInfo(identifier, site.CancellationToken).Symbol, capture.Variable));
        var changed = statement.ReplaceNodes(
            reads.SelectMany(read => new[] { read, NamedBy(read) }).OfType<SyntaxNode>(),
            (original, rewritten) => original is IdentifierNameSyntax
                ? SyntaxFactory.IdentifierName(copy).WithTriviaFrom(original)
                : WithName(rewritten, name));

        var written = (IdentifierNameSyntax)capture.Read.Syntax;
        var declaration = Code.Statement($"var {copy} = $0;", written.WithoutTrivia());
        return new Edit($"Copy '{name}' inside the loop").Replace(statement, InFrontOf(site, changed, declaration));
    }

    /// <summary>The statement of the loop's body that the function is part of, if another may precede it.</summary>
    private static StatementSyntax? StatementOf(LoopCapture capture)
    {
        if (capture.Function.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } statement
            || BodyOf(capture.Loop.Syntax)?.Span.Contains(statement.Span) != true
            || statement.Parent is LabeledStatementSyntax)
        {
            return null;
        }

        // What stands in the head of a loop is evaluated again and again.
        return statement is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
            || (statement is CommonForEachStatementSyntax each
                && !each.Expression.Span.Contains(capture.Function.Syntax.Span))
            ? null
            : statement;
    }

    private static StatementSyntax? BodyOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax statement => statement.Statement,
        DoStatementSyntax statement => statement.Statement,
        ForStatementSyntax statement => statement.Statement,
        CommonForEachStatementSyntax statement => statement.Statement,
        _ => null,
    };

    // The copy is to have the value that the start would have seen.
    private static bool IsWrittenBetween(LoopCapture capture, StatementSyntax statement)
    {
        foreach (var operation in capture.Loop.Descendants())
        {
            if (CapturedVariables.WrittenBy(operation, capture.Variable)
                && operation.Syntax.SpanStart >= statement.SpanStart
                && operation.Syntax.SpanStart < capture.Start.Call.Syntax.Span.End)
            {
                return true;
            }
        }

        return capture.Start.Call.Syntax.SpanStart < statement.SpanStart;
    }

    private static IReadOnlyList<StatementSyntax> InFrontOf(
        Site site, StatementSyntax statement, StatementSyntax declaration)
    {
        // The comments above a statement stay with it.
        var leading = statement.GetLeadingTrivia();
        var comment = leading.IndexOf(leading.FirstOrDefault(Comments.Is));
        var above = comment > 0 && !leading.Any(trivia => trivia.IsDirective) ? comment - 1 : leading.Count;
        var indentation = leading.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        return
        [
            declaration
                .WithLeadingTrivia(leading.Take(above).Append(indentation))
                .WithTrailingTrivia(SyntaxFactory.EndOfLine(site.NewLine)),
            statement.WithLeadingTrivia(above == leading.Count ? [indentation] : leading.Skip(above)),
        ];
    }

    // `nameof(i)` is no read, and an argument's name is none.
    private static bool IsName(IdentifierNameSyntax identifier) =>
        identifier.Parent is NameColonSyntax or NameEqualsSyntax
        || identifier.Parent is ArgumentSyntax
        {
            Parent.Parent: InvocationExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
            },
        };

    /// <summary>The member of an anonymous object, the element of a tuple, that the variable names.</summary>
    private static SyntaxNode? NamedBy(IdentifierNameSyntax identifier) => identifier.Parent switch
    {
        AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } member => member,
        ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax } element => element,
        _ => null,
    };

    private static SyntaxNode WithName(SyntaxNode node, string name) => node switch
    {
        AnonymousObjectMemberDeclaratorSyntax member =>
            member.WithNameEquals(SyntaxFactory.NameEquals(name)).NormalizeWhitespace().WithTriviaFrom(member),
        ArgumentSyntax element =>
            element.WithNameColon(SyntaxFactory.NameColon(name)).NormalizeWhitespace().WithTriviaFrom(element),
        _ => node,
    };
}
