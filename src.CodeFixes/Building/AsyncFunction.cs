using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// A function that returned tasks, written as an asynchronous one: every <c>return</c> awaits, or gives the value that
/// it wrapped. Its callers see no difference, unless it throws before it has a task: then it is left alone.
/// </summary>
internal sealed class AsyncFunction
{
    private readonly Site _site;
    private readonly BlockSyntax _body;
    private readonly bool _hasResult;

    private AsyncFunction(Site site, SyntaxNode node, BlockSyntax body, bool hasResult)
    {
        _site = site;
        _body = body;
        _hasResult = hasResult;
        Node = node;
    }

    public SyntaxNode Node { get; }

    /// <summary>The function around the site; null where it cannot be written so.</summary>
    public static AsyncFunction? Of(Site site) =>
        site.Function is { Symbol: { } symbol, Root.Syntax: var node }
        && BodyOf(node) is { } body
        && !Throws(body)
        && (site.Awaitables.IsTask(symbol.ReturnType) || site.Awaitables.IsValueTask(symbol.ReturnType))
            ? new(site, node, body, site.Awaitables.ResultOf(symbol.ReturnType) is not null)
            : null;

    /// <summary>The function; null where a <c>return</c> gives no task at all.</summary>
    public SyntaxNode? Write()
    {
        var changes = new Dictionary<StatementSyntax, StatementChange>();
        foreach (var exit in OwnNodes.Of(_body).OfType<ReturnStatementSyntax>())
        {
            if (exit.Expression is not { } value || IsNull(value))
            {
                return null;
            }

            changes.Add(exit, rewritten => Changed((ReturnStatementSyntax)rewritten, exit, value));
        }

        var body = new StatementRewriter(changes, new Dictionary<SyntaxNode, SyntaxNode>()).Visit(_body)!;
        return Async(Node.ReplaceNode(_body, body));
    }

    private IReadOnlyList<StatementSyntax> Changed(
        ReturnStatementSyntax rewritten, ReturnStatementSyntax exit, ExpressionSyntax value)
    {
        if (_hasResult)
        {
            return
            [
                rewritten.WithExpression((WrappedIn(value) ?? Expressions.Await(_site, value)).WithTriviaFrom(value)),
            ];
        }

        var leave = Code.Statement("return;" + _site.NewLine);
        var isLast = IsLast(exit);
        if (IsCompleted(value))
        {
            return isLast && !Comments.AreIn(exit) && exit.Parent is BlockSyntax
                ? []
                : [leave.WithTriviaFrom(rewritten)];
        }

        var awaited = Code.Statement("$0;", Expressions.Await(_site, value)).WithTriviaFrom(rewritten);
        return isLast ? [awaited]
            : exit.Parent is BlockSyntax or SwitchSectionSyntax ? [awaited, leave]
            :
            [
                SyntaxFactory.Block(awaited, leave).WithTriviaFrom(rewritten)
                    .WithAdditionalAnnotations(Formatter.Annotation),
            ];
    }

    // `Task.FromResult(x)`, `new ValueTask<int>(x)`
    private ExpressionSyntax? WrappedIn(ExpressionSyntax value) => Expressions.Unparenthesized(value) switch
    {
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" },
            ArgumentList.Arguments: [{ Expression: var result }],
        } call when _site.Model.GetSymbolInfo(call, _site.CancellationToken).Symbol is IMethodSymbol method
            && (method.ContainingType.Is(_site.Types.Task) || method.ContainingType.Is(_site.Types.ValueTask))
            && method.TypeArguments is [var type]
            && SymbolEqualityComparer.Default.Equals(
                _site.Model.GetTypeInfo(result, _site.CancellationToken).Type, type) => result.WithoutTrivia(),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var result }] } creation
            when _site.Awaitables.IsValueTask(_site.Model.GetTypeInfo(creation, _site.CancellationToken).Type)
            && !_site.Awaitables.IsTask(_site.Model.GetTypeInfo(result, _site.CancellationToken).Type) =>
            result.WithoutTrivia(),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } none => none.WithoutTrivia(),
        _ => null,
    };

    private static bool IsCompleted(ExpressionSyntax value) => Expressions.Unparenthesized(value) switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => true,
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } => true,
        ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null } => true,
        _ => false,
    };

    private bool IsNull(ExpressionSyntax value) =>
        _site.Model.GetConstantValue(value, _site.CancellationToken) is { HasValue: true, Value: null }
        && !_site.Awaitables.IsValueTask(_site.Model.GetTypeInfo(value, _site.CancellationToken).ConvertedType);

    // Whether the function ends after the statement by itself.
    private bool IsLast(StatementSyntax exit)
    {
        SyntaxNode child = exit;
        while (child != _body)
        {
            switch (child.Parent)
            {
                case BlockSyntax block when block.Statements.Last() == child:
                case UsingStatementSyntax or ElseClauseSyntax or CatchClauseSyntax or IfStatementSyntax
                    or TryStatementSyntax:
                    child = child.Parent;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static BlockSyntax? BodyOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    // Callers that do not await see such a guard at once.
    private static bool Throws(BlockSyntax body) => OwnNodes.Of(body).Any(node =>
        (node is ThrowStatementSyntax or ThrowExpressionSyntax && node.FirstAncestorOrSelf<CatchClauseSyntax>() is null)
        || node is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called },
        } && called.StartsWith("ThrowIf", StringComparison.Ordinal));

    private static SyntaxNode Async(SyntaxNode function)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        switch (function)
        {
            case MethodDeclarationSyntax { Modifiers.Count: 0 } method:
                return method.WithReturnType(method.ReturnType.WithoutLeadingTrivia()).WithModifiers(
                    SyntaxFactory.TokenList(keyword.WithLeadingTrivia(method.ReturnType.GetLeadingTrivia())));
            case MethodDeclarationSyntax method:
                return method.WithModifiers(With(method.Modifiers, keyword));
            case LocalFunctionStatementSyntax { Modifiers.Count: 0 } local:
                return local.WithReturnType(local.ReturnType.WithoutLeadingTrivia()).WithModifiers(
                    SyntaxFactory.TokenList(keyword.WithLeadingTrivia(local.ReturnType.GetLeadingTrivia())));
            case LocalFunctionStatementSyntax local:
                return local.WithModifiers(With(local.Modifiers, keyword));
            default:
                var lambda = (AnonymousFunctionExpressionSyntax)function;
                return lambda.Modifiers.Count > 0
                    ? lambda.WithModifiers(With(lambda.Modifiers, keyword))
                    : lambda.WithoutLeadingTrivia().WithModifiers(
                        SyntaxFactory.TokenList(keyword.WithLeadingTrivia(lambda.GetLeadingTrivia())));
        }
    }

    private static SyntaxTokenList With(SyntaxTokenList modifiers, SyntaxToken keyword) =>
        modifiers.IndexOf(SyntaxKind.PartialKeyword) is var partial and >= 0
            ? modifiers.Insert(partial, keyword)
            : modifiers.Add(keyword);
}
