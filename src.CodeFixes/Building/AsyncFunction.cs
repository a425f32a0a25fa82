using Microsoft.CodeAnalysis.Formatting;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// A function that returned tasks, written as an asynchronous one: every <c>return</c> awaits, or gives the value that
/// it wrapped. Its callers see no difference, unless it throws before it has a task: then it is left alone.
/// </summary>
internal sealed class AsyncFunction
{
    private readonly Site _site;
    private readonly SyntaxNode _node;
    private readonly CSharpSyntaxNode _body;
    private readonly bool _hasResult;

    private AsyncFunction(Site site, SyntaxNode node, CSharpSyntaxNode body, bool hasResult)
    {
        _site = site;
        _node = node;
        _body = body;
        _hasResult = hasResult;
    }

    /// <summary>The function around the site; null where it cannot be written so.</summary>
    public static AsyncFunction? Of(Site site) =>
        site.Function is { Symbol: { } symbol, Root.Syntax: var node }
        && BodyOf(node) is { } body
        && !Throws(body)
        && (site.Awaitables.IsTask(symbol.ReturnType) || site.Awaitables.IsValueTask(symbol.ReturnType))
            ? new(site, node, body, site.Awaitables.ResultOf(symbol.ReturnType) is not null)
            : null;

    /// <summary>
    /// Writes the function, around what the edit changes in it; false where a <c>return</c> gives no task at all.
    /// </summary>
    public bool TryWrite(Edit edit)
    {
        if (_body is ExpressionSyntax only)
        {
            if (!CanLeave(only) || (!_hasResult && IsCompleted(only)) || edit.Covers(only))
            {
                return false;
            }

            edit.Rewrite(only, rewritten => Value(only, (ExpressionSyntax)rewritten));
        }

        foreach (var exit in OwnNodes.Of(_body).OfType<ReturnStatementSyntax>())
        {
            if (exit.Expression is not { } value || !CanLeave(value) || edit.Covers(exit))
            {
                return false;
            }

            edit.Rewrite(exit, rewritten => Changed((ReturnStatementSyntax)rewritten, exit, value));
        }

        edit.Rewrite(_node, Async);
        return true;
    }

    private bool CanLeave(ExpressionSyntax value) =>
        !IsNull(value)
        && (IsCompleted(value)
            || IsWrapping(value)
            || AsyncPlace.BarrierOnceAsync(value, _site.Model, _site.CancellationToken) == AsyncBarrier.None);

    private IReadOnlyList<StatementSyntax> Changed(
        ReturnStatementSyntax rewritten, ReturnStatementSyntax exit, ExpressionSyntax value)
    {
        if (_hasResult)
        {
            return [rewritten.WithExpression(Value(value, rewritten.Expression!))];
        }

        var leave = Code.Statement("return;" + _site.NewLine);
        var isLast = IsLast(exit);
        if (IsCompleted(value))
        {
            return isLast && !Comments.AreIn(exit) && !exit.ContainsDirectives && exit.Parent is BlockSyntax
                ? []
                : [leave.WithTriviaFrom(rewritten)];
        }

        var awaited = Code.Statement("$0;", Expressions.Await(_site, rewritten.Expression!)).WithTriviaFrom(rewritten);
        return isLast ? [awaited]
            : exit.Parent is BlockSyntax or SwitchSectionSyntax ? [awaited, leave]
            :
            [
                SyntaxFactory.Block(awaited, leave).WithTriviaFrom(rewritten)
                    .WithAdditionalAnnotations(Formatter.Annotation),
            ];
    }

    private ExpressionSyntax Value(ExpressionSyntax value, ExpressionSyntax rewritten) =>
        (IsWrapping(value) ? WrappedIn(rewritten) : Expressions.Await(_site, rewritten)).WithTriviaFrom(rewritten);

    // `Task.FromResult(x)`, `new ValueTask<int>(x)`
    private bool IsWrapping(ExpressionSyntax value) => Expressions.Unparenthesized(value) switch
    {
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" },
            ArgumentList.Arguments: [{ Expression: var result }],
        } call => _site.Model.GetSymbolInfo(call, _site.CancellationToken).Symbol is IMethodSymbol method
            && (method.ContainingType.Is(_site.Types.Task) || method.ContainingType.Is(_site.Types.ValueTask))
            && method.TypeArguments is [var type]
            && SymbolEqualityComparer.Default.Equals(
                _site.Model.GetTypeInfo(result, _site.CancellationToken).Type, type),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var result }] } creation =>
            _site.Awaitables.IsValueTask(_site.Model.GetTypeInfo(creation, _site.CancellationToken).Type)
            && !_site.Awaitables.IsTask(_site.Model.GetTypeInfo(result, _site.CancellationToken).Type),
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.DefaultLiteralExpression } => true,
        _ => false,
    };

    private static ExpressionSyntax WrappedIn(ExpressionSyntax value) => Expressions.Unparenthesized(value) switch
    {
        InvocationExpressionSyntax call => call.ArgumentList.Arguments[0].Expression.WithoutTrivia(),
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList!.Arguments[0].Expression.WithoutTrivia(),
        var none => none.WithoutTrivia(),
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

    private static CSharpSyntaxNode? BodyOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => (CSharpSyntaxNode?)method.Body ?? method.ExpressionBody?.Expression,
        LocalFunctionStatementSyntax local => (CSharpSyntaxNode?)local.Body ?? local.ExpressionBody?.Expression,
        AnonymousFunctionExpressionSyntax lambda => lambda.Body,
        _ => null,
    };

    // Callers that do not await see such a guard at once.
    private static bool Throws(CSharpSyntaxNode body) => OwnNodes.Of(body).Any(node =>
        (node is ThrowStatementSyntax or ThrowExpressionSyntax && node.FirstAncestorOrSelf<CatchClauseSyntax>() is null)
        || node is InvocationExpressionSyntax { Expression: var called } && IsGuard(called));

    // `ArgumentNullException.ThrowIfNull(x)`, `ThrowIfDisposed()`, `Throw.InvalidOperation()`
    private static bool IsGuard(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax { Expression: SimpleNameSyntax { Identifier.ValueText: var type } }
            when type.StartsWith("Throw", StringComparison.Ordinal) => true,
        MemberAccessExpressionSyntax access => IsGuard(access.Name),
        SimpleNameSyntax { Identifier.ValueText: var name } =>
            name == "Throw" || name.StartsWith("ThrowIf", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The function with the keyword.</summary>
    public static SyntaxNode Async(SyntaxNode function)
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
