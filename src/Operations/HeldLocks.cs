using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.Analyzers.Operations;

/// <summary>
/// Decides whether a lock that belongs to the thread, or a transaction that stays on it, is held at a place.
/// </summary>
/// <remarks>Structural, and errs on the side of yes: an acquisition counts until a release that no branch
/// skips.</remarks>
internal static class HeldLocks
{
    public static bool Around(
        SyntaxNode node, SyntaxNode body, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var candidate in body.DescendantNodes(inner => IsOwn(inner, body)))
        {
            if (candidate.SpanStart >= node.SpanStart)
            {
                break;
            }

            if (candidate.Span.Contains(node.Span))
            {
                continue;
            }

            var held = candidate switch
            {
                InvocationExpressionSyntax call when TakenBy(call, model, cancellationToken) is var (row, @lock) =>
                    IsHeld(call, node, body, GivesBack(row.Gives, @lock)),
                InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax when
                    OpensTransaction((ExpressionSyntax)candidate, model, cancellationToken) =>
                    IsHeld(candidate, node, body, GivesBack(["Dispose"], LocalOf(candidate))),
                _ => false,
            };
            if (held)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the lock that a call takes is still held somewhere that the function awaits.</summary>
    public static bool AreHeldAtAwait(
        InvocationExpressionSyntax taken, SyntaxNode body, SemanticModel model, CancellationToken cancellationToken)
    {
        if (TakenBy(taken, model, cancellationToken) is not var (row, @lock))
        {
            return false;
        }

        foreach (var node in body.DescendantNodes(inner => IsOwn(inner, body)))
        {
            if (node.SpanStart > taken.Span.End
                && IsAwait(node)
                && IsHeld(taken, node, body, GivesBack(row.Gives, @lock)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAwait(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax => true,
        CommonForEachStatementSyntax loop => loop.AwaitKeyword.RawKind != 0,
        UsingStatementSyntax statement => statement.AwaitKeyword.RawKind != 0,
        LocalDeclarationStatementSyntax declaration => declaration.AwaitKeyword.RawKind != 0,
        _ => false,
    };

    private static bool IsOwn(SyntaxNode inner, SyntaxNode body) =>
        inner == body || inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static (ThreadLock Row, ExpressionSyntax? Lock)? TakenBy(
        InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (NameOf(call.Expression) is not { } name)
        {
            return null;
        }

        foreach (var row in ThreadLocks.Rows)
        {
            if (Array.IndexOf(row.Takes, name) >= 0
                && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method
                && LockOf(call, method.IsStatic) is var @lock
                && TypeOf(method, @lock, model, cancellationToken)?.ToDisplayString() == row.Type)
            {
                return (row, @lock);
            }
        }

        return null;
    }

    // `WaitOne` is declared far below `Mutex`: what counts is what it is called on.
    private static ITypeSymbol? TypeOf(
        IMethodSymbol method, ExpressionSyntax? @lock, SemanticModel model, CancellationToken cancellationToken) =>
        method.IsStatic || @lock is null
            ? method.ContainingType
            : model.GetTypeInfo(@lock, cancellationToken).Type?.WithNullableAnnotation(NullableAnnotation.None);

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax member => member.Name.Identifier.ValueText,
        IdentifierNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    private static ExpressionSyntax? LockOf(InvocationExpressionSyntax call, bool isStatic) =>
        isStatic ? call.ArgumentList.Arguments.FirstOrDefault()?.Expression
            : (call.Expression as MemberAccessExpressionSyntax)?.Expression;

    private static bool OpensTransaction(
        ExpressionSyntax opening, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetTypeInfo(opening, cancellationToken).Type is not INamedTypeSymbol { Name: "TransactionScope" })
        {
            return false;
        }

        foreach (var argument in (opening as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments ?? default)
        {
            if (model.GetSymbolInfo(argument.Expression, cancellationToken).Symbol is IFieldSymbol
                {
                    Name: "Enabled",
                    ContainingType.Name: "TransactionScopeAsyncFlowOption",
                })
            {
                return false;
            }
        }

        return true;
    }

    private static ExpressionSyntax? LocalOf(SyntaxNode opening) =>
        opening.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }
            ? SyntaxFactory.IdentifierName(declarator.Identifier.WithoutTrivia())
            : null;

    private static Func<InvocationExpressionSyntax, bool> GivesBack(string[] names, ExpressionSyntax? @lock) => call =>
        NameOf(call.Expression) is { } name
        && Array.IndexOf(names, name) >= 0
        && (@lock is null
            || IsSame(LockOf(call, isStatic: false), @lock)
            || IsSame(LockOf(call, isStatic: true), @lock));

    private static bool IsSame(ExpressionSyntax? left, ExpressionSyntax right) =>
        left is not null && SyntaxFactory.AreEquivalent(left, right);

    private static bool IsHeld(
        SyntaxNode taken,
        SyntaxNode node,
        SyntaxNode body,
        Func<InvocationExpressionSyntax, bool> givesBack)
    {
        if (ScopeOf(taken) is { } scope)
        {
            return scope.Span.Contains(node.Span);
        }

        foreach (var call in body.DescendantNodes(inner => IsOwn(inner, body)).OfType<InvocationExpressionSyntax>())
        {
            if (call.SpanStart > taken.Span.End
                && call.Span.End <= node.SpanStart
                && givesBack(call)
                && BlockOf(call) is { } block
                && (block.Span.Contains(taken.Span) || block.Span.Contains(node.Span) || IsTried(taken, block)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the block runs only when the lock was taken: <c>if (Monitor.TryEnter(x)) { .. }</c>.</summary>
    private static bool IsTried(SyntaxNode taken, SyntaxNode block) =>
        block.Parent is IfStatementSyntax @if
        && @if.Statement == block
        && @if.Condition.Span.Contains(taken.Span)
        && taken.Parent is not PrefixUnaryExpressionSyntax;

    /// <summary>What a <c>using</c> around the expression holds it for.</summary>
    private static SyntaxNode? ScopeOf(SyntaxNode taken)
    {
        for (var current = taken.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case UsingStatementSyntax statement when !statement.Statement.Span.Contains(taken.Span):
                    return statement.Statement;
                case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } declaration:
                    return declaration.Parent is GlobalStatementSyntax global ? global.Parent : declaration.Parent;
                case StatementSyntax or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>
    /// The block that a release belongs to: one in a <c>finally</c> runs whenever its <c>try</c> ends.
    /// </summary>
    private static SyntaxNode? BlockOf(SyntaxNode call)
    {
        var statement = call.FirstAncestorOrSelf<StatementSyntax>();
        for (var current = call.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case FinallyClauseSyntax { Parent: TryStatementSyntax @try }:
                    statement = @try;
                    current = @try;
                    break;
                case MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return statement?.Parent;
            }
        }

        return statement?.Parent;
    }
}
