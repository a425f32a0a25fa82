namespace ScopedTasks.Analyzers.Flow.Handlers;

/// <summary>Decides whether a function visibly catches everything that it throws.</summary>
internal static class GuardedBody
{
    /// <summary>Whether the work that a call starts is guarded as a whole.</summary>
    public static bool Of(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is IDelegateCreationOperation creation)
            {
                return creation.Target switch
                {
                    IMethodReferenceOperation reference => Of(reference.Method),
                    IAnonymousFunctionOperation lambda => IsWhole(lambda.Syntax),
                    _ => false,
                };
            }
        }

        return Of(call.TargetMethod);
    }

    /// <summary>Whether the body of a method of ours is one <c>try</c> that catches everything.</summary>
    public static bool Of(IMethodSymbol method)
    {
        var declarations = method.OriginalDefinition.DeclaringSyntaxReferences;
        return !declarations.IsEmpty && IsWhole(declarations[0].GetSyntax());
    }

    /// <summary>The first <c>await</c> or <c>throw</c> whose exception leaves the function; null for none.</summary>
    /// <param name="function">The function: a method, local function or lambda.</param>
    /// <param name="model">The model of its tree; without one, callees are not looked at.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static SyntaxNode? LeakOf(
        SyntaxNode function, SemanticModel? model, CancellationToken cancellationToken)
    {
        foreach (var node in OwnNodes(function))
        {
            if (IsAwait(node) ? !IsGuarded(node, function) && !IsHarmless(CallIn(node), model, cancellationToken)
                : node is ThrowStatementSyntax or ThrowExpressionSyntax && !IsGuarded(node, function))
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>Whether the function, or what it calls, catches what is thrown, and nothing leaves it.</summary>
    public static bool Catches(SyntaxNode function, SemanticModel? model, CancellationToken cancellationToken) =>
        OwnNodes(function).Any(node => node switch
        {
            TryStatementSyntax block => CatchesEverything(block),
            AwaitExpressionSyntax awaited => CallIn(awaited) is { } call && Catches(call, model, cancellationToken),
            _ => false,
        })
        && LeakOf(function, model, cancellationToken) is null;

    private static bool IsWhole(SyntaxNode function)
    {
        var body = function switch
        {
            BaseMethodDeclarationSyntax method => method.Body,
            LocalFunctionStatementSyntax local => local.Body,
            AnonymousFunctionExpressionSyntax lambda => lambda.Block,
            _ => null,
        };
        return body is { Statements.Count: 1 }
            && body.Statements[0] is TryStatementSyntax block
            && CatchesEverything(block)
            && LeakOf(function, model: null, CancellationToken.None) is null;
    }

    private static IEnumerable<SyntaxNode> OwnNodes(SyntaxNode function) => function.DescendantNodes(node =>
        node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static bool IsAwait(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax => true,
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        UsingStatementSyntax block => block.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        LocalDeclarationStatementSyntax declaration => declaration.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword),
        _ => false,
    };

    // A handler that tells of the failure awaits too: who waits for the last of all handlers would never end.
    private static bool IsGuarded(SyntaxNode node, SyntaxNode function)
    {
        var isThrow = node is ThrowStatementSyntax or ThrowExpressionSyntax;
        for (var current = node; current != function && current.Parent is { } parent; current = parent)
        {
            if (parent is TryStatementSyntax block
                && (current == block.Block || !isThrow)
                && CatchesEverything(block))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHarmless(
        InvocationExpressionSyntax? call, SemanticModel? model, CancellationToken cancellationToken) =>
        call is not null && (NeverFails(call) || Catches(call, model, cancellationToken));

    // The callee's own body, without a look at what that calls in turn.
    private static bool Catches(
        InvocationExpressionSyntax call, SemanticModel? model, CancellationToken cancellationToken) =>
        model?.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol
        {
            OriginalDefinition.DeclaringSyntaxReferences: [var declaration, ..],
        }
        && Catches(declaration.GetSyntax(cancellationToken), model: null, cancellationToken);

    private static InvocationExpressionSyntax? CallIn(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax
        {
            Expression: InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: "ConfigureAwait",
                    Expression: InvocationExpressionSyntax configured,
                },
            },
        } => configured,
        AwaitExpressionSyntax { Expression: InvocationExpressionSyntax call } => call,
        _ => null,
    };

    private static bool NeverFails(InvocationExpressionSyntax call) =>
        call is
        {
            Expression: MemberAccessExpressionSyntax
            {
                Expression: IdentifierNameSyntax { Identifier.ValueText: "Task" },
                Name.Identifier.ValueText: var name,
            },
            ArgumentList.Arguments.Count: var count,
        }
        && ((name == "Yield" && count == 0) || (name == "Delay" && count == 1));

    private static bool CatchesEverything(TryStatementSyntax block)
    {
        var catchesCancellation = false;
        foreach (var handler in block.Catches)
        {
            if (IsForEverything(handler)
                && (handler.Filter is null || (catchesCancellation && IsForAllButCancellation(handler.Filter))))
            {
                return true;
            }

            catchesCancellation |= handler.Filter is null && NameOf(handler.Declaration?.Type) == Cancellation;
        }

        return false;
    }

    private const string Cancellation = "OperationCanceledException";

    private static bool IsForEverything(CatchClauseSyntax handler) =>
        handler.Declaration?.Type is not { } type || NameOf(type) == "Exception";

    // `when (exception is not OperationCanceledException)`
    private static bool IsForAllButCancellation(CatchFilterClauseSyntax filter) =>
        filter.FilterExpression is IsPatternExpressionSyntax
        {
            Pattern: UnaryPatternSyntax { Pattern: var pattern, OperatorToken.RawKind: (int)SyntaxKind.NotKeyword },
        }
        && NameOf(pattern switch
        {
            ConstantPatternSyntax constant => constant.Expression,
            TypePatternSyntax type => type.Type,
            _ => null,
        }) == Cancellation;

    private static string? NameOf(ExpressionSyntax? type) => type switch
    {
        IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
