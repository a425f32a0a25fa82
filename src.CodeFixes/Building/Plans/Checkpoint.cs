using Microsoft.CodeAnalysis.Formatting;
using ScopedTasks.Analyzers.Flow.Loops;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Lets others go on, and be told to stop, as the first thing of every round of a loop.</summary>
internal sealed class Checkpoint : Plan
{
    public override Edit? For(Site site)
    {
        if (!site.CanAwait || StarvedLoops.BodyOf(site.Node) is not { } body)
        {
            return null;
        }

        var edit = new Edit("Await 'Coroutine.Yield()' in every round");
        return body switch
        {
            BlockSyntax { Statements: [var first, ..] } block => edit.Insert(
                block, first, Yield(site, Site.IndentationOf(first))),
            BlockSyntax or EmptyStatementSyntax => Comments.AreIn(body) || body.ContainsDirectives
                ? null
                : edit.Replace((SyntaxNode)body, Block(body, Yield(site, ""))),
            _ => edit.Rewrite(
                (SyntaxNode)body,
                rewritten => Block(
                    body,
                    Yield(site, ""),
                    ((StatementSyntax)rewritten).WithoutTrivia()
                        .WithTrailingTrivia(SyntaxFactory.EndOfLine(site.NewLine)))),
        };
    }

    private static StatementSyntax Yield(Site site, string indentation) =>
        Code.Statement("await ::Coroutine.Yield();" + site.NewLine)
            .WithLeadingTrivia(SyntaxFactory.Whitespace(indentation));

    private static BlockSyntax Block(StatementSyntax body, params StatementSyntax[] statements) =>
        SyntaxFactory.Block(statements).WithTriviaFrom(body).WithAdditionalAnnotations(Formatter.Annotation);
}
