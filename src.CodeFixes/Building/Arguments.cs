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

    /// <summary>Hoists a value unless it stays the same; false where that cannot be written.</summary>
    public bool TryKeep(ExpressionSyntax value, string name) =>
        value is LiteralExpressionSyntax || IsStable(value) || TryHoist(value, name);

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
        if (TypeFor(expression) is not { } type)
        {
            return false;
        }

        var local = names.Fresh(name);
        _statements.Add(Code.Statement($"{type} {local} = $0;" + site.NewLine, expression.WithoutTrivia()));
        Hoists[expression] = SyntaxFactory.IdentifierName(local);
        return true;
    }

    private bool MustHoist(ExpressionSyntax expression, bool isQueued) =>
        !IsStable(expression)
        && !IsToken(expression)
        && (isQueued || HasEffects(expression) || ReadsRewritten(expression));

    // What a function within the argument reads, it reads later anyway.
    private bool ReadsRewritten(ExpressionSyntax expression) =>
        OwnNodes.Of(expression).OfType<IdentifierNameSyntax>().Any(identifier =>
            IsVariable(identifier) && IsRewritten(identifier));

    private bool IsVariable(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax
        && site.Model.GetSymbolInfo(expression, site.CancellationToken).Symbol is ILocalSymbol or IParameterSymbol;

    private bool IsRewritten(ExpressionSyntax variable) =>
        site.Model.GetSymbolInfo(variable, site.CancellationToken).Symbol is { } symbol
        && Writes.AreAfter(site, start, symbol);

    private bool IsToken(ExpressionSyntax expression) => new Tokens(site).IsToken(expression);

    // `var`, unless only the parameter tells what is passed: `new()`, `default`, a choice of two types.
    private string? TypeFor(ExpressionSyntax expression)
    {
        var info = site.Model.GetTypeInfo(expression, site.CancellationToken);
        var tellsType = info.Type is not null
            && expression is not ImplicitObjectCreationExpressionSyntax
            && !expression.IsKind(SyntaxKind.DefaultLiteralExpression)
            && (expression is not InterpolatedStringExpressionSyntax
                || SymbolEqualityComparer.Default.Equals(info.Type, info.ConvertedType));
        return (tellsType ? info.Type : info.ConvertedType) is null or { TypeKind: TypeKind.Error } ? null
            : tellsType ? "var"
            : info.ConvertedType!.ToMinimalDisplayString(site.Model, expression.SpanStart);
    }

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
            ILocalSymbol or IParameterSymbol => expression is IdentifierNameSyntax && !IsRewritten(expression),
            IFieldSymbol { IsReadOnly: true } field => field.IsStatic || expression is IdentifierNameSyntax
                or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax },
            IMethodSymbol => expression is IdentifierNameSyntax,
            IPropertySymbol { IsStatic: true } property when IsConstant(property) => true,
            _ => IsToken(expression) && expression is MemberAccessExpressionSyntax,
        };
    }

    // Static properties of the framework that give the same object for ever.
    private static bool IsConstant(IPropertySymbol property) =>
        property.Locations[0].IsInMetadata
        && (property.ContainingType.Name, property.Name) is ("Task", "Factory" or "CompletedTask")
            or ("TaskScheduler", "Default") or ("CultureInfo", "InvariantCulture") or ("Encoding", "UTF8")
            or ("StringComparer", "Ordinal" or "OrdinalIgnoreCase");

    private bool IsType(ExpressionSyntax expression) =>
        site.Model.GetSymbolInfo(expression, site.CancellationToken).Symbol is ITypeSymbol or INamespaceSymbol;

    private bool IsLasting(InvocationExpressionSyntax call, bool isQueued) =>
        call.ArgumentList.Arguments.All(argument => !MustHoist(argument.Expression, isQueued));

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
