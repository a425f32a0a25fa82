using Microsoft.CodeAnalysis.Formatting;
using ScopedTasks.Analyzers.Flow.Cancellation;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Rethrows the cancellation before the <c>catch</c> that would swallow it.</summary>
/// <remarks>Only with the token at hand: a bare rethrow would end a worker on the timeout of a request.</remarks>
internal sealed class RethrowCancellation : Plan
{
    public override Edit? For(Site site)
    {
        if (site.Start is not ICatchClauseOperation clause
            || clause.Syntax is not CatchClauseSyntax { Parent: TryStatementSyntax @try } swallowing
            || SwallowedCancellations.TokenOf(clause) is not { } token
            || swallowing.ContainsDirectives)
        {
            return null;
        }

        var line = site.NewLine;
        var written = (TryStatementSyntax)Code.Statement(
            $"try{line}{{{line}}}{line}catch (global::System.OperationCanceledException) "
            + $"when ($0.IsCancellationRequested){line}{{{line}throw;{line}}}{line}",
            SyntaxFactory.IdentifierName(token.Name));
        var indentation = swallowing.GetLeadingTrivia().LastOrDefault();
        var rethrowing = written.Catches[0]
            .WithLeadingTrivia(
                indentation.IsKind(SyntaxKind.WhitespaceTrivia)
                    ? SyntaxFactory.TriviaList(indentation)
                    : SyntaxFactory.TriviaList())
            .WithTrailingTrivia(SyntaxFactory.EndOfLine(line))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return new Edit($"Rethrow it when '{token.Name}' was cancelled").Insert(@try, swallowing, rethrowing);
    }
}
