using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Writes a loop that was a call as a plain <c>foreach</c> that awaits each element before the next.</summary>
internal sealed class ForeachAwait : Plan
{
    public override Edit? For(Site site)
    {
        if (CalledLoop.Of(site) is not { Statement: { } statement } loop
            || statement.ContainsDirectives
            || !loop.Site.CanAwait
            || loop.Options.Token is not null
            || EndlessCalls.IsEndless(site, loop.Body)
            || BodyOf(site, loop, statement) is not { } body)
        {
            return null;
        }

        var line = site.NewLine + Site.IndentationOf(statement);
        var each = (ForEachStatementSyntax)Code.Statement(
            $"foreach ({ItemTypeOf(loop)} {ItemBody.ItemOf(loop.Body)!.Value.Text} in $0){line}{{{line}}}",
            loop.Source.WithoutTrivia());
        var edit = new Edit("Await each in a 'foreach'").Replace(
            statement,
            each.WithStatement(body.WithTriviaFrom(each.Statement)).WithTriviaFrom(statement));
        return Comments.AreKept(site, edit) ? edit : null;
    }

    private static BlockSyntax? BodyOf(Site site, CalledLoop loop, StatementSyntax statement)
    {
        var isAsync = loop.Body.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
        if (!isAsync)
        {
            return DroppedWork.Of(site.Node) is { Guard: null } dropped
                && !site.Awaitables.IsHot(site.Awaitables.ResultOf(site.Start.Type))
                    ? Block(site, statement, Expressions.Await(loop.Site, dropped.Whole))
                    : null;
        }

        return loop.Body switch
        {
            { ExpressionBody: { } expression } => Block(site, statement, expression.WithoutTrivia()),
            { Block: { } block } => Continuing(site, statement, block),
            _ => null,
        };
    }

    private static BlockSyntax Block(Site site, StatementSyntax statement, ExpressionSyntax expression)
    {
        var line = site.NewLine + Site.IndentationOf(statement);
        return (BlockSyntax)Code.Statement($"{{{site.NewLine}$0;{line}}}", expression);
    }

    // `return;` goes on with the next element; within another loop nothing that can be written there does.
    private static BlockSyntax? Continuing(Site site, StatementSyntax statement, BlockSyntax block)
    {
        var returns = OwnNodes.Of(block).OfType<ReturnStatementSyntax>().ToList();
        if (returns.Any(@return => @return.Ancestors().TakeWhile(node => node != block).Any(IsLoop)))
        {
            return null;
        }

        var body = block.ReplaceNodes(
            returns,
            (@return, _) => SyntaxFactory.ContinueStatement()
                .WithContinueKeyword(SyntaxFactory.Token(SyntaxKind.ContinueKeyword)
                    .WithTriviaFrom(@return.ReturnKeyword))
                .WithSemicolonToken(@return.SemicolonToken));
        return FunctionBody.IsOnOneLine(block)
            ? (BlockSyntax)Code.Statement(
                $"{{{site.NewLine}$0;{site.NewLine}{Site.IndentationOf(statement)}}}",
                Code.Statements(body.Statements.Select(inner =>
                    inner.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.EndOfLine(site.NewLine)))))
            : body.WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static bool IsLoop(SyntaxNode node) => node is CommonForEachStatementSyntax or ForStatementSyntax
        or WhileStatementSyntax or DoStatementSyntax;

    // Over a sequence that only the old interface tells of, `var` would be `object`.
    private static string ItemTypeOf(CalledLoop loop)
    {
        var site = loop.Site;
        var item = (site.Model.GetSymbolInfo(loop.Body, site.CancellationToken).Symbol as IMethodSymbol)?.Parameters[0]
            .Type;
        return item is null || !site.Node.Contains(loop.Source)
            || IsElementOf(item, site.Model.GetTypeInfo(loop.Source, site.CancellationToken).Type)
                ? "var"
                : item.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
    }

    private static bool IsElementOf(ITypeSymbol item, ITypeSymbol? source) => source switch
    {
        IArrayTypeSymbol array => SymbolEqualityComparer.Default.Equals(array.ElementType, item),
        INamedTypeSymbol { TypeKind: TypeKind.Interface, TypeArguments: [var element] } =>
            SymbolEqualityComparer.Default.Equals(element, item),
        INamedTypeSymbol named => named.GetMembers("GetEnumerator").OfType<IMethodSymbol>().Any(method =>
            method is { Parameters.IsEmpty: true, DeclaredAccessibility: Accessibility.Public }
            && method.ReturnType.GetMembers("Current").OfType<IPropertySymbol>().Any(current =>
                SymbolEqualityComparer.Default.Equals(current.Type, item))),
        _ => false,
    };
}
