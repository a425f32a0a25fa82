namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// Decides which parts of a start must be evaluated before it becomes a delegate, and writes them as locals.
/// </summary>
internal sealed class Arguments(Site site, ExpressionSyntax start, Names names)
{
    private readonly List<StatementSyntax> _statements = [];

    /// <summary>The parts that became locals.</summary>
    public Dictionary<SyntaxNode, SyntaxNode> Hoists { get; } = [];

    public ImmutableArray<StatementSyntax> Statements => _statements.ToImmutableArray();

    /// <summary>Whether a lambda could not capture an argument: one by reference, or a span.</summary>
    public bool AreByReference =>
        start is InvocationExpressionSyntax call && call.ArgumentList.Arguments.Any(argument =>
            !argument.RefKindKeyword.IsKind(SyntaxKind.None)
            || site.Model.GetTypeInfo(argument.Expression, site.CancellationToken).ConvertedType
                is { IsRefLikeType: true });

    /// <summary>Hoists what must be; false where that cannot be written.</summary>
    public bool TryHoist(ExpressionSyntax work, bool isQueued)
    {
        if (start is not InvocationExpressionSyntax call)
        {
            return !isQueued && !HasEffects(work);
        }

        if (work != call && (HasEffects(work) || isQueued))
        {
            return !HasEffects(work) && IsLasting(call, isQueued: true);
        }

        var arguments = call.ArgumentList.Arguments;
        var last = -1;
        for (var index = 0; index < arguments.Count; index++)
        {
            last = MustHoist(arguments[index].Expression, isQueued) ? index : last;
        }

        if (!TryHoistReceiver(call, isQueued))
        {
            return false;
        }

        // What stands left of an argument that moves was evaluated before it, and still is.
        for (var index = 0; index <= last; index++)
        {
            var expression = arguments[index].Expression;
            if (!IsStable(expression) && !TryHoist(expression, NameOf(arguments[index])))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryHoistReceiver(InvocationExpressionSyntax call, bool isQueued)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver })
        {
            return true;
        }

        return IsStable(receiver) || IsType(receiver)
            || !(isQueued || HasEffects(receiver))
            || (site.Model.GetTypeInfo(receiver, site.CancellationToken).Type is { IsReferenceType: true }
                && TryHoist(receiver, NameOf(receiver)));
    }

    private bool TryHoist(ExpressionSyntax expression, string name)
    {
        var info = site.Model.GetTypeInfo(expression, site.CancellationToken);
        if (info.Type is null or { TypeKind: TypeKind.Error } || !HasNaturalType(expression))
        {
            return false;
        }

        var local = names.Fresh(name);
        _statements.Add(Code.Statement($"var {local} = $0;" + site.NewLine, expression.WithoutTrivia()));
        Hoists[expression] = SyntaxFactory.IdentifierName(local);
        return true;
    }

    private bool MustHoist(ExpressionSyntax expression, bool isQueued) =>
        !IsStable(expression)
        && !IsToken(expression)
        && (isQueued || HasEffects(expression) || IsVariable(expression));

    private bool IsVariable(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax
        && site.Model.GetSymbolInfo(expression, site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol;

    private bool IsToken(ExpressionSyntax expression) => new Tokens(site).IsToken(expression);

    private static bool HasNaturalType(ExpressionSyntax expression) =>
        expression is not ImplicitObjectCreationExpressionSyntax
        && !expression.IsKind(SyntaxKind.DefaultLiteralExpression);

    // A value that is the same whenever it is read.
    private bool IsStable(ExpressionSyntax expression)
    {
        expression = Expressions.Unparenthesized(expression);
        if (expression is LiteralExpressionSyntax or AnonymousFunctionExpressionSyntax or ThisExpressionSyntax
            or BaseExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax
            || site.Model.GetConstantValue(expression, site.CancellationToken).HasValue)
        {
            return true;
        }

        return site.Model.GetSymbolInfo(expression, site.CancellationToken).Symbol switch
        {
            ILocalSymbol local => expression is IdentifierNameSyntax && !IsRewritten(local),
            IParameterSymbol parameter => expression is IdentifierNameSyntax && !IsRewritten(parameter),
            IFieldSymbol { IsReadOnly: true } field => field.IsStatic || expression is IdentifierNameSyntax
                or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax },
            IMethodSymbol => expression is IdentifierNameSyntax,
            _ => IsToken(expression) && expression is MemberAccessExpressionSyntax,
        };
    }

    private bool IsType(ExpressionSyntax expression) =>
        site.Model.GetSymbolInfo(expression, site.CancellationToken).Symbol is ITypeSymbol or INamespaceSymbol;

    private bool IsLasting(InvocationExpressionSyntax call, bool isQueued) =>
        call.ArgumentList.Arguments.All(argument => !MustHoist(argument.Expression, isQueued));

    // Written again after its declaration: in a loop header, an assignment, as `ref` or `out`.
    private bool IsRewritten(ISymbol variable)
    {
        foreach (var identifier in site.Member.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (identifier.Identifier.ValueText == variable.Name
                && IsWrite(identifier)
                && SymbolEqualityComparer.Default.Equals(
                    site.Model.GetSymbolInfo(identifier, site.CancellationToken).Symbol, variable))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWrite(IdentifierNameSyntax identifier) => identifier.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == identifier,
        PostfixUnaryExpressionSyntax unary => !unary.IsKind(SyntaxKind.SuppressNullableWarningExpression),
        PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PreIncrementExpression)
            || unary.IsKind(SyntaxKind.PreDecrementExpression) || unary.IsKind(SyntaxKind.AddressOfExpression),
        ArgumentSyntax { Parent: TupleExpressionSyntax } => true,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax => true,
        _ => false,
    };

    private static bool HasEffects(SyntaxNode node) =>
        node.DescendantNodesAndSelf(inner => inner is not AnonymousFunctionExpressionSyntax).Any(inner =>
            inner is AwaitExpressionSyntax or AssignmentExpressionSyntax
            || inner.IsKind(SyntaxKind.PostIncrementExpression) || inner.IsKind(SyntaxKind.PostDecrementExpression)
            || inner.IsKind(SyntaxKind.PreIncrementExpression) || inner.IsKind(SyntaxKind.PreDecrementExpression));

    private string NameOf(ArgumentSyntax argument) =>
        argument.Expression is IdentifierNameSyntax identifier && IsVariable(identifier)
            ? identifier.Identifier.ValueText + "Copy"
            : (site.Model.GetOperation(argument, site.CancellationToken) as IArgumentOperation)?.Parameter?.Name
                ?? "value";

    private static string NameOf(ExpressionSyntax receiver)
    {
        var name = receiver switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => "target",
        };
        var trimmed = name.TrimStart('_');
        return trimmed.Length == 0 ? "target" : char.ToLowerInvariant(trimmed[0]) + trimmed.Substring(1);
    }
}
