namespace ScopedTasks.CodeFixes.Building;

/// <summary>Decides which cancellation token a start passes, and where another takes its place.</summary>
internal sealed class Tokens(Site site)
{
    private readonly SemanticModel _model = site.Model;

    /// <summary>The one token that the starts pass, null for none; false where they pass different ones.</summary>
    public bool TryFind(IEnumerable<ExpressionSyntax> works, out ExpressionSyntax? token)
    {
        token = null;
        foreach (var passed in works.SelectMany(PassedIn))
        {
            if (token is not null && !AreSame(token, passed))
            {
                return false;
            }

            token ??= passed;
        }

        return true;
    }

    /// <summary>
    /// The token arguments within an expression: no <c>None</c>, no <c>default</c>, nothing that is computed, none of
    /// its own.
    /// </summary>
    public IEnumerable<ExpressionSyntax> PassedIn(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<ArgumentSyntax>()
            .Select(argument => argument.Expression)
            .Where(expression => IsToken(expression) && IsNamed(expression) && !IsOwn(expression, node));

    /// <summary>The places in an expression of work where the child's token takes the group's place.</summary>
    public IEnumerable<ExpressionSyntax> PlacesIn(SyntaxNode work, ExpressionSyntax? token) =>
        token is null ? [] : PassedIn(work).Where(passed => AreSame(token, passed));

    /// <summary>
    /// The places in the rest of a group's body where the group's token takes the outer one's: arguments of awaited
    /// calls, and conditions. A token that is stored, returned, linked or captured stays, and so does one in a
    /// <c>catch</c> or <c>finally</c>.
    /// </summary>
    public IEnumerable<ExpressionSyntax> PlacesInBody(SyntaxNode body, ExpressionSyntax? token)
    {
        if (token is null)
        {
            return [];
        }

        return body.DescendantNodes(node =>
                !OwnNodes.IsFunction(node) && node is not CatchClauseSyntax and not FinallyClauseSyntax)
            .OfType<ExpressionSyntax>()
            .Where(node => node.IsKind(token.Kind()) && AreSame(token, node)
                && (IsArgumentOfAwaited(node) || IsInCondition(node)));
    }

    /// <summary>
    /// The call with the child's token where it omits an optional one, or where an overload takes one more.
    /// </summary>
    public InvocationExpressionSyntax WithToken(
        InvocationExpressionSyntax original,
        InvocationExpressionSyntax call,
        ExpressionSyntax token)
    {
        if (_model.GetOperation(original, site.CancellationToken) is not IInvocationOperation operation
            || operation.TargetMethod.ContainingType.Is(site.Types.Task)
            || operation.TargetMethod.ContainingType.Is(site.Types.TaskFactory)
            || original.ArgumentList.Arguments.Any(argument => IsToken(argument.Expression)))
        {
            return call;
        }

        var method = operation.TargetMethod;
        if (operation.Arguments.FirstOrDefault(IsOmittedToken) is { Parameter: { } omitted })
        {
            var isNext = omitted.Ordinal - Receivers(original) == call.ArgumentList.Arguments.Count
                && call.ArgumentList.Arguments.All(argument => argument.NameColon is null);
            return Add(call, isNext ? null : omitted.Name, token);
        }

        var isPositional = call.ArgumentList.Arguments.All(argument => argument.NameColon is null);
        return OverloadWithToken(method) is { } overload
            && call.ArgumentList.Arguments.Count == method.Parameters.Length
            ? Add(call, isPositional ? null : overload.Parameters.Last().Name, token)
            : call;
    }

    /// <summary>Whether the source of a token is cancelled within the statements: <c>source.Cancel()</c>.</summary>
    public bool IsCancelledIn(IEnumerable<StatementSyntax> statements, ExpressionSyntax? token) =>
        SourceOf(token) is { } source
        && statements.SelectMany(statement => statement.DescendantNodes()).OfType<MemberAccessExpressionSyntax>().Any(
            access => access is
                {
                    Name.Identifier.ValueText: "Cancel" or "CancelAsync" or "CancelAfter",
                    Parent: InvocationExpressionSyntax,
                }
                && SymbolEqualityComparer.Default.Equals(SymbolOf(access.Expression), source));

    public bool IsToken(ExpressionSyntax expression) =>
        _model.GetTypeInfo(expression, site.CancellationToken).Type.Is(site.Types.CancellationToken);

    public ISymbol? SymbolOf(ExpressionSyntax? token) =>
        token is null ? null : _model.GetSymbolInfo(token, site.CancellationToken).Symbol;

    // An operation counts the receiver of an extension method among its parameters; the call does not write it there.
    private int Receivers(InvocationExpressionSyntax call) =>
        _model.GetSymbolInfo(call, site.CancellationToken).Symbol
            is IMethodSymbol { MethodKind: MethodKind.ReducedExtension } ? 1 : 0;

    private static InvocationExpressionSyntax Add(InvocationExpressionSyntax call, string? name, ExpressionSyntax token)
    {
        var text = name is null ? "F($0)" : $"F({name}: $0)";
        var argument = ((InvocationExpressionSyntax)Code.Expression(text, token)).ArgumentList.Arguments[0];
        var list = call.ArgumentList;
        var separators = list.Arguments.GetSeparators().ToList();
        if (list.Arguments.Count > 0)
        {
            separators.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        }

        return call.WithArgumentList(list.WithArguments(
            SyntaxFactory.SeparatedList(list.Arguments.Append(argument), separators)));
    }

    // `source.Token`, also through a local that keeps it.
    private ISymbol? SourceOf(ExpressionSyntax? token) => token switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Token" } access => SymbolOf(access.Expression),
        IdentifierNameSyntax when SymbolOf(token) is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(site.CancellationToken) is VariableDeclaratorSyntax
            {
                Initializer.Value: MemberAccessExpressionSyntax value,
            } => SourceOf(value),
        _ => null,
    };

    private bool IsOmittedToken(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.DefaultValue, Parameter: { } parameter }
        && parameter.Type.Is(site.Types.CancellationToken);

    private IMethodSymbol? OverloadWithToken(IMethodSymbol method)
    {
        if (method is not { MethodKind: MethodKind.Ordinary, IsExtensionMethod: false, IsGenericMethod: false })
        {
            return null;
        }

        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(candidate =>
            candidate.Parameters.Length == method.Parameters.Length + 1
            && candidate.IsStatic == method.IsStatic
            && !candidate.IsGenericMethod
            && candidate.Parameters.Last().Type.Is(site.Types.CancellationToken)
            && SymbolEqualityComparer.Default.Equals(candidate.ReturnType, method.ReturnType)
            && !candidate.HasAttribute("ObsoleteAttribute")
            && method.Parameters.All(parameter => HasSame(candidate.Parameters[parameter.Ordinal], parameter))
            && _model.IsAccessible(site.Node.SpanStart, candidate));
    }

    private static bool HasSame(IParameterSymbol one, IParameterSymbol other) =>
        one.RefKind == other.RefKind
        && one.IsParams == other.IsParams
        && SymbolEqualityComparer.Default.Equals(one.Type, other.Type);

    // Named: a local, a parameter, or a member reached through names alone, so that reading it again gives the same.
    private bool IsNamed(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax => true,
        ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsNamed(access.Expression) && !IsNone(access),
        _ => false,
    };

    // A token that the work declares, or of a source that it makes, is nobody else's.
    private bool IsOwn(ExpressionSyntax token, SyntaxNode work)
    {
        while (token is MemberAccessExpressionSyntax access)
        {
            token = access.Expression;
        }

        return SymbolOf(token) is { } root and (ILocalSymbol or IParameterSymbol) && Captures.AreOwn(root, work);
    }

    private bool IsNone(MemberAccessExpressionSyntax access) =>
        access.Name.Identifier.ValueText == "None"
        && SymbolOf(access)?.ContainingType.Is(site.Types.CancellationToken) == true;

    private bool AreSame(ExpressionSyntax one, ExpressionSyntax other) =>
        SyntaxFactory.AreEquivalent(one.WithoutTrivia(), other.WithoutTrivia())
        && SymbolOf(one) is { } symbol
        && SymbolEqualityComparer.Default.Equals(symbol, SymbolOf(other));

    private static bool IsArgumentOfAwaited(ExpressionSyntax node)
    {
        if (node.Parent is not ArgumentSyntax { Parent.Parent: ExpressionSyntax call })
        {
            return false;
        }

        var current = call;
        while (current.Parent is ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax
            or MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax })
        {
            current = current.Parent is MemberAccessExpressionSyntax
                ? (ExpressionSyntax)current.Parent.Parent!
                : (ExpressionSyntax)current.Parent;
        }

        return current.Parent is AwaitExpressionSyntax
            || (current.Parent is ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } loop
                && loop.Expression == current);
    }

    private static bool IsInCondition(ExpressionSyntax node)
    {
        var current = node;
        while (current.Parent is ExpressionSyntax parent
            and not AnonymousFunctionExpressionSyntax and not AssignmentExpressionSyntax)
        {
            current = parent;
        }

        return node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsCancellationRequested" }
            && current.Parent switch
            {
                WhileStatementSyntax loop => loop.Condition == current,
                DoStatementSyntax loop => loop.Condition == current,
                ForStatementSyntax loop => loop.Condition == current,
                IfStatementSyntax branch => branch.Condition == current,
                _ => false,
            };
    }
}
