using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Operations;

/// <summary>
/// Decides whether <c>await</c> may be written at a place as the code stands, and if not, what is in the way.
/// </summary>
internal static class AsyncPlace
{
    public static bool CanAwait(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        BarrierAt(node, model, cancellationToken) == AsyncBarrier.None;

    /// <summary>What keeps <c>await</c> from standing where the node stands, the innermost first.</summary>
    public static AsyncBarrier BarrierAt(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        BarrierAt(node, model, isOnceAsync: false, cancellationToken);

    /// <summary>What would still keep it from standing there if the function around it were <c>async</c>.</summary>
    public static AsyncBarrier BarrierOnceAsync(
        SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        BarrierAt(node, model, isOnceAsync: true, cancellationToken);

    private static AsyncBarrier BarrierAt(
        SyntaxNode node, SemanticModel model, bool isOnceAsync, CancellationToken cancellationToken)
    {
        var types = KnownTypes.Of(model.Compilation);
        var child = node;
        while (child.Parent is { } parent)
        {
            if (OfClause(parent, child, model, cancellationToken) is var barrier and not AsyncBarrier.None)
            {
                return barrier;
            }

            if (IsFunction(parent, child))
            {
                return OfFunction(parent, node, model, types, isOnceAsync, cancellationToken);
            }

            child = parent;
        }

        return AsyncBarrier.Initializer;
    }

    private static AsyncBarrier OfClause(
        SyntaxNode parent, SyntaxNode child, SemanticModel model, CancellationToken cancellationToken) => parent switch
    {
        LockStatementSyntax @lock when @lock.Statement == child => AsyncBarrier.Lock,
        CatchFilterClauseSyntax => AsyncBarrier.CatchFilter,
        InvocationExpressionSyntax call when IsNameOf(call, model, cancellationToken) => AsyncBarrier.NameOf,
        FromClauseSyntax { Parent: QueryExpressionSyntax } => AsyncBarrier.None,
        JoinClauseSyntax join when join.InExpression == child => AsyncBarrier.None,
        QueryClauseSyntax or SelectOrGroupClauseSyntax => AsyncBarrier.Query,
        AttributeSyntax => AsyncBarrier.Attribute,
        ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax => AsyncBarrier.Initializer,
        EqualsValueClauseSyntax
        {
            Parent: ParameterSyntax or PropertyDeclarationSyntax or EnumMemberDeclarationSyntax
        } =>
            AsyncBarrier.Initializer,
        BaseFieldDeclarationSyntax => AsyncBarrier.Initializer,
        UnsafeStatementSyntax or FixedStatementSyntax => AsyncBarrier.Unsafe,
        _ => AsyncBarrier.None,
    };

    private static bool IsNameOf(
        InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken) =>
        call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" }
        && model.GetSymbolInfo(call, cancellationToken).Symbol is null;

    /// <summary>Whether the child is what runs when the parent, a function, is called.</summary>
    private static bool IsFunction(SyntaxNode parent, SyntaxNode child) => parent switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Body == child,
        LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
            or BasePropertyDeclarationSyntax => child is BlockSyntax or ArrowExpressionClauseSyntax,
        GlobalStatementSyntax => true,
        _ => false,
    };

    private static AsyncBarrier OfFunction(
        SyntaxNode function,
        SyntaxNode node,
        SemanticModel model,
        KnownTypes types,
        bool isOnceAsync,
        CancellationToken cancellationToken)
    {
        if (Around(function, model, types, cancellationToken) is var outer and not AsyncBarrier.None)
        {
            return outer;
        }

        var own = function switch
        {
            AnonymousFunctionExpressionSyntax lambda => OfModifier(lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword)),
            LocalFunctionStatementSyntax local => OfModifier(local.Modifiers.Any(SyntaxKind.AsyncKeyword)),
            MethodDeclarationSyntax method => OfModifier(method.Modifiers.Any(SyntaxKind.AsyncKeyword)),
            GlobalStatementSyntax => AsyncBarrier.None,
            _ => AsyncBarrier.NeverAsync,
        };
        if (own != AsyncBarrier.None && !(isOnceAsync && own == AsyncBarrier.NotAsync))
        {
            return own;
        }

        var body = function is GlobalStatementSyntax ? function.Parent! : function;
        if (LiveReferences.Cross(node, body, model, cancellationToken))
        {
            return AsyncBarrier.LiveReference;
        }

        return HeldLocks.Around(node, body, model, cancellationToken) ? AsyncBarrier.HeldLock : AsyncBarrier.None;
    }

    private static AsyncBarrier OfModifier(bool isAsync) => isAsync ? AsyncBarrier.None : AsyncBarrier.NotAsync;

    /// <summary>What reaches through functions: an expression tree around the lambda, an unsafe context.</summary>
    private static AsyncBarrier Around(
        SyntaxNode function, SemanticModel model, KnownTypes types, CancellationToken cancellationToken)
    {
        for (var current = function; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case AnonymousFunctionExpressionSyntax lambda when
                    model.GetTypeInfo(lambda, cancellationToken).ConvertedType.IsOrDerivesFrom(types.Expression):
                    return AsyncBarrier.ExpressionTree;
                case UnsafeStatementSyntax or FixedStatementSyntax:
                case LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.UnsafeKeyword):
                case MemberDeclarationSyntax member when member.Modifiers.Any(SyntaxKind.UnsafeKeyword):
                    return AsyncBarrier.Unsafe;
            }
        }

        return AsyncBarrier.None;
    }
}
