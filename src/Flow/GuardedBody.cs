namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides whether the work that a call starts visibly catches everything that it throws.</summary>
internal static class GuardedBody
{
    public static bool Of(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value is IDelegateCreationOperation creation)
            {
                return creation.Target switch
                {
                    IMethodReferenceOperation reference => Of(reference.Method),
                    IAnonymousFunctionOperation lambda => IsGuarded(lambda.Syntax),
                    _ => false,
                };
            }
        }

        return Of(call.TargetMethod);
    }

    private static bool Of(IMethodSymbol method)
    {
        var declarations = method.OriginalDefinition.DeclaringSyntaxReferences;
        return !declarations.IsEmpty && IsGuarded(declarations[0].GetSyntax());
    }

    private static bool IsGuarded(SyntaxNode function)
    {
        var body = function switch
        {
            BaseMethodDeclarationSyntax method => method.Body,
            LocalFunctionStatementSyntax local => local.Body,
            AnonymousFunctionExpressionSyntax lambda => lambda.Block,
            _ => null,
        };
        return body is { Statements.Count: 1 }
            && body.Statements[0] is TryStatementSyntax { Catches: var catches }
            && catches.Any(IsForEverything);
    }

    private static bool IsForEverything(CatchClauseSyntax handler) =>
        handler.Filter is null
        && handler.Declaration?.Type is null
            or IdentifierNameSyntax { Identifier.ValueText: "Exception" }
            or QualifiedNameSyntax { Right.Identifier.ValueText: "Exception" };
}
