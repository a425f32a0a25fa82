using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Handlers;

/// <summary>What its own type does with a method that returns nothing.</summary>
/// <param name="IsCalled">It is called.</param>
/// <param name="IsSubscribed">It is added to an event, here or elsewhere.</param>
/// <param name="IsHanded">It becomes a delegate that is no subscription.</param>
internal readonly record struct MethodUses(bool IsCalled, bool IsSubscribed, bool IsHanded)
{
    public static MethodUses Of(IMethodSymbol method, SemanticModel model, CancellationToken cancellationToken)
    {
        // What only its own type can name is found below.
        var uses = new MethodUses(
            IsCalled: false,
            method.DeclaredAccessibility > Accessibility.Private
                && Additions.Of(model.Compilation).AreOf(method, cancellationToken),
            IsHanded: false);
        foreach (var scope in ScopesOf(method))
        {
            var scopeModel = scope.SyntaxTree == model.SyntaxTree
                ? model
                : model.Compilation.GetSemanticModel(scope.SyntaxTree);
            var isGenerated = GeneratedFiles.Have(scope.SyntaxTree);
            foreach (var name in scope.DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.ValueText == method.Name && Names(name, method, scopeModel, cancellationToken))
                {
                    uses = uses.With(name, isGenerated);
                }
            }
        }

        return uses;
    }

    private MethodUses With(SimpleNameSyntax name, bool isGenerated)
    {
        ExpressionSyntax use = name;
        while (use.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax
            || (use.Parent is MemberAccessExpressionSyntax access && access.Name == use)
            || use.Parent is MemberBindingExpressionSyntax)
        {
            use = (ExpressionSyntax)use.Parent;
        }

        return use.Parent switch
        {
            InvocationExpressionSyntax call when call.Expression == use => this with { IsCalled = true },
            ArgumentSyntax
            {
                Parent.Parent: BaseObjectCreationExpressionSyntax { Parent: AssignmentExpressionSyntax addition },
            } when IsAddition(addition) => this with { IsSubscribed = true },
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: var called } }
                when called is IdentifierNameSyntax { Identifier.ValueText: "nameof" } => this,
            AssignmentExpressionSyntax addition when IsAddition(addition) => this with { IsSubscribed = true },

            // What generated code hands over nobody reads: the rule speaks at the declaration.
            _ => isGenerated ? this : this with { IsHanded = true },
        };
    }

    private static bool IsAddition(AssignmentExpressionSyntax assignment) =>
        assignment.IsKind(SyntaxKind.AddAssignmentExpression)
        || assignment.IsKind(SyntaxKind.SubtractAssignmentExpression);

    private static bool Names(
        SimpleNameSyntax name, IMethodSymbol method, SemanticModel model, CancellationToken cancellationToken)
    {
        // What is handed to a type that is missing has no symbol, only candidates.
        var info = model.GetSymbolInfo(name, cancellationToken);
        return Is(info.Symbol, method) || info.CandidateSymbols.Any(candidate => Is(candidate, method));
    }

    private static bool Is(ISymbol? symbol, IMethodSymbol method) =>
        symbol is IMethodSymbol named
        && SymbolEqualityComparer.Default.Equals(
            (named.ReducedFrom ?? named).OriginalDefinition, method.OriginalDefinition);

    private static IEnumerable<SyntaxNode> ScopesOf(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction)
        {
            var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
            return [declaration.Parent is GlobalStatementSyntax { Parent: { } unit } ? unit : declaration.Parent!];
        }

        var type = method.ContainingType;
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        return type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax());
    }
}
