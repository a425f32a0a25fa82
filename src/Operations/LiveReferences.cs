namespace ScopedTasks.Analyzers.Operations;

/// <summary>
/// Decides whether a span, another ref struct or a reference would have to live on across an <c>await</c>.
/// </summary>
/// <remarks>
/// The compiler finds these only when it emits, so a fix cannot ask it. This answer errs on the side of yes: a local
/// that is used again counts although it may have been assigned anew.
/// </remarks>
internal static class LiveReferences
{
    public static bool Cross(
        SyntaxNode node, SyntaxNode body, SemanticModel model, CancellationToken cancellationToken) =>
        InExpression(node, body, model, cancellationToken) || InLocals(node, body, model, cancellationToken);

    /// <summary>Whether an operand left of the node, in the same expression, holds a reference.</summary>
    private static bool InExpression(
        SyntaxNode node, SyntaxNode body, SemanticModel model, CancellationToken cancellationToken)
    {
        var child = node;
        for (var parent = node.Parent; parent is not null && child != body; parent = parent.Parent)
        {
            switch (parent)
            {
                case CommonForEachStatementSyntax loop when loop.Statement == child
                    && EnumeratesByReference(loop, model):
                case InterpolatedStringExpressionSyntax text when IsHandler(text, model, cancellationToken):
                    return true;
                case InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } when
                    IsRefLike(creation, model, cancellationToken):
                    return true;
                case StatementSyntax or MemberDeclarationSyntax:
                    break;
                default:
                    foreach (var earlier in parent.ChildNodes())
                    {
                        if (earlier == child)
                        {
                            break;
                        }

                        if (Holds(earlier, parent, model, cancellationToken))
                        {
                            return true;
                        }
                    }

                    break;
            }

            child = parent;
        }

        return false;
    }

    private static bool Holds(
        SyntaxNode earlier, SyntaxNode parent, SemanticModel model, CancellationToken cancellationToken)
    {
        var expression = earlier switch
        {
            ExpressionSyntax itself => itself,
            ArgumentSyntax argument => argument.Expression,
            _ => null,
        };

        // Only what is written to, passed on or called must stay a reference; everything else was read before.
        var stays = parent is AssignmentExpressionSyntax or InvocationExpressionSyntax
            || earlier is ArgumentSyntax { RefKindKeyword.RawKind: not 0 };
        while (expression is not null)
        {
            if (IsRefLike(expression, model, cancellationToken)
                || (stays && ReturnsByReference(expression, model, cancellationToken)))
            {
                return true;
            }

            expression = expression switch
            {
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                MemberAccessExpressionSyntax member when stays => member.Expression,
                ElementAccessExpressionSyntax element when stays => element.Expression,
                _ => null,
            };
        }

        return false;
    }

    private static bool ReturnsByReference(
        ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        expression is InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
            or IdentifierNameSyntax
        && model.GetSymbolInfo(expression, cancellationToken).Symbol switch
        {
            IMethodSymbol method => expression is InvocationExpressionSyntax
                && (method.ReturnsByRef || method.ReturnsByRefReadonly),
            IPropertySymbol property => property.ReturnsByRef || property.ReturnsByRefReadonly,
            ILocalSymbol local => local.IsRef,
            _ => false,
        };

    private static bool IsRefLike(
        ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetTypeInfo(expression, cancellationToken) is var info
        && (info.Type is { IsRefLikeType: true } || info.ConvertedType is { IsRefLikeType: true });

    private static bool IsHandler(
        InterpolatedStringExpressionSyntax text, SemanticModel model, CancellationToken cancellationToken) =>
        model.GetTypeInfo(text, cancellationToken).ConvertedType is { IsRefLikeType: true };

    private static bool EnumeratesByReference(CommonForEachStatementSyntax loop, SemanticModel model) =>
        loop is ForEachStatementSyntax { Type: RefTypeSyntax }
        || model.GetForEachStatementInfo(loop).GetEnumeratorMethod?.ReturnType is { IsRefLikeType: true };

    /// <summary>Whether a local that holds a reference is declared before the node and used after it.</summary>
    private static bool InLocals(
        SyntaxNode node, SyntaxNode body, SemanticModel model, CancellationToken cancellationToken)
    {
        Dictionary<ISymbol, SyntaxNode>? declared = null;
        foreach (var candidate in body.DescendantNodes(Descend))
        {
            if (candidate.SpanStart >= node.SpanStart)
            {
                break;
            }

            if (candidate is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax
                && model.GetDeclaredSymbol(candidate, cancellationToken) is ILocalSymbol local
                && (local.IsRef || local.Type.IsRefLikeType))
            {
                // A `using` local is used at the end of its block.
                if (local.IsUsing && IsInBlockOf(candidate, node))
                {
                    return true;
                }

                (declared ??= new(SymbolEqualityComparer.Default))[local] = candidate;
            }
        }

        if (declared is null)
        {
            return false;
        }

        foreach (var use in body.DescendantNodes(Descend))
        {
            if (use is IdentifierNameSyntax
                && model.GetSymbolInfo(use, cancellationToken).Symbol is ILocalSymbol used
                && declared.TryGetValue(used, out var declaration)
                && (use.SpanStart >= node.Span.End || InLoopWith(node, use, declaration)))
            {
                return true;
            }
        }

        return false;

        bool Descend(SyntaxNode inner) =>
            inner == body || inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
    }

    private static bool IsInBlockOf(SyntaxNode declarator, SyntaxNode node) =>
        declarator.FirstAncestorOrSelf<StatementSyntax>() is { } statement
        && (statement is UsingStatementSyntax ? statement : statement.Parent)?.Span.Contains(node.Span) is true;

    /// <summary>Whether a loop that the local outlives runs the use again after the node.</summary>
    private static bool InLoopWith(SyntaxNode node, SyntaxNode use, SyntaxNode declaration)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (current is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                    or CommonForEachStatementSyntax
                && current.Span.Contains(use.Span)
                && !current.Span.Contains(declaration.Span))
            {
                return true;
            }
        }

        return false;
    }
}
