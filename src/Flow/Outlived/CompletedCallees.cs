namespace ScopedTasks.Analyzers.Flow.Outlived;

/// <summary>Decides by its source whether a method has done everything when it returns its task.</summary>
internal static class CompletedCallees
{
    public static bool Are(IMethodSymbol method)
    {
        if (method.IsAsync || method.IsVirtual || method.IsAbstract || method.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            if (!IsComplete(reference.GetSyntax()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsComplete(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax { ExpressionBody.Expression: var value } => IsComplete(value),
        LocalFunctionStatementSyntax { ExpressionBody.Expression: var value } => IsComplete(value),
        MethodDeclarationSyntax { Body: { } body } => AreComplete(body),
        LocalFunctionStatementSyntax { Body: { } body } => AreComplete(body),
        _ => false,
    };

    private static bool AreComplete(BlockSyntax body)
    {
        foreach (var node in body.DescendantNodes(inner =>
            inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is ReturnStatementSyntax { Expression: { } value } && !IsComplete(value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsComplete(ExpressionSyntax value) => value switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } =>
            called.Name.Identifier.ValueText is "FromResult" or "FromException" or "FromCanceled",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => true,
        LiteralExpressionSyntax or DefaultExpressionSyntax or ThrowExpressionSyntax => true,
        ConditionalExpressionSyntax choice => IsComplete(choice.WhenTrue) && IsComplete(choice.WhenFalse),
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax { Identifier.ValueText: "ValueTask" } } => true,
        _ => false,
    };
}
