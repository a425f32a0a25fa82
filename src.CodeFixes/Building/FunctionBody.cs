using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>The body of a function, block or expression, as a whole: what a fix wraps.</summary>
internal sealed class FunctionBody
{
    private readonly SyntaxNode _function;
    private readonly BlockSyntax? _block;
    private readonly ExpressionSyntax? _expression;

    private FunctionBody(SyntaxNode function, BlockSyntax? block, ExpressionSyntax? expression)
    {
        _function = function;
        _block = block;
        _expression = expression;
    }

    /// <summary>Where its first statement or its expression stands: names mean there what they mean in it.</summary>
    public int Position => _block?.OpenBraceToken.Span.End ?? _expression!.SpanStart;

    public static FunctionBody? Of(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => Of(method, method.Body, method.ExpressionBody?.Expression),
        LocalFunctionStatementSyntax local => Of(local, local.Body, local.ExpressionBody?.Expression),
        AnonymousFunctionExpressionSyntax lambda => Of(lambda, lambda.Block, lambda.ExpressionBody),
        _ => null,
    };

    /// <summary>Puts a block in its place, given as text, in which the old statements fill the one hole.</summary>
    public Edit Replace(Edit edit, string newLine, string text)
    {
        var inner = _block is not null && !IsOnOneLine(_block)
            ? _block.Statements
            : SyntaxFactory.List((_block?.Statements ?? new([Code.Statement("$0;", _expression!.WithoutTrivia())]))
                .Select(statement => statement.WithLeadingTrivia()
                    .WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine))));
        var block = (BlockSyntax)Code.Statement(
            text.Replace("\r\n", "\n").Replace("\n", newLine), Code.Statements(inner));
        var written = _block is not null
            ? InBraces(_block, block)
            : block.WithTrailingTrivia(_expression!.GetTrailingTrivia());
        return _function is LambdaExpressionSyntax lambda && (_block is null || IsOnOneLine(_block))
            ? edit.Replace(lambda, OnNextLine(lambda, newLine).WithBody(written.WithLeadingTrivia(Indentation())))
            : _block is not null
                ? edit.Replace((SyntaxNode)_block, written)
                : edit.Replace(_function, WithBlock(block, newLine));
    }

    private static FunctionBody? Of(SyntaxNode function, BlockSyntax? block, ExpressionSyntax? expression) =>
        block is null && expression is null ? null : new(function, block, expression);

    // What stands before the old closing brace stays with the old statements: at the end of the innermost first block.
    private static BlockSyntax InBraces(BlockSyntax old, BlockSyntax block)
    {
        var comments = old.CloseBraceToken.LeadingTrivia;
        if (comments.Any(Comments.Is) || old.CloseBraceToken.ContainsDirectives)
        {
            var brace = block.DescendantTokens().First(token =>
                token.IsKind(SyntaxKind.CloseBraceToken) && token.Parent is BlockSyntax { Parent: TryStatementSyntax });
            block = block.ReplaceToken(brace, brace.WithLeadingTrivia(comments));
        }

        return block
            .WithOpenBraceToken(old.OpenBraceToken.WithTrailingTrivia(EndingLine(old.OpenBraceToken, block)))
            .WithCloseBraceToken(block.CloseBraceToken.WithTrailingTrivia(old.CloseBraceToken.TrailingTrivia));
    }

    private SyntaxTriviaList Indentation() =>
        _function.Ancestors().First(node => node is StatementSyntax or MemberDeclarationSyntax).GetLeadingTrivia()
            .Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToSyntaxTriviaList();

    private static LambdaExpressionSyntax OnNextLine(LambdaExpressionSyntax lambda, string newLine) =>
        lambda.ArrowToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? lambda
            : lambda.WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(SyntaxFactory.EndOfLine(newLine)))
                .WithAdditionalAnnotations(Formatter.Annotation);

    private static SyntaxTriviaList EndingLine(SyntaxToken brace, BlockSyntax block) =>
        brace.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? brace.TrailingTrivia
            : block.OpenBraceToken.TrailingTrivia;

    private SyntaxNode WithBlock(BlockSyntax block, string newLine)
    {
        var arrow = _function.ChildNodes().OfType<ArrowExpressionClauseSyntax>().Single();
        var before = arrow.GetFirstToken().GetPreviousToken();
        var ending = before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? before.TrailingTrivia
            : before.TrailingTrivia.Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia))
                .Append(SyntaxFactory.EndOfLine(newLine)).ToSyntaxTriviaList();
        var function = _function.ReplaceToken(before, before.WithTrailingTrivia(ending));
        var body = block.WithTrailingTrivia(_function.GetTrailingTrivia());
        function = function switch
        {
            MethodDeclarationSyntax method =>
                method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body),
            LocalFunctionStatementSyntax local =>
                local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body),
            _ => function,
        };
        return function.WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>Whether nothing in the block ends a line, so that its statements bring no lines of their own.</summary>
    public static bool IsOnOneLine(BlockSyntax block) =>
        !block.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || Comments.Is(trivia));
}
