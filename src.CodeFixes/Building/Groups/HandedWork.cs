using ScopedTasks.Analyzers.Apis;

namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>
/// Work that was handed over as a delegate with nothing to hold: <c>new Thread(F).Start()</c>,
/// <c>ThreadPool.QueueUserWorkItem(_ =&gt; F())</c>.
/// </summary>
internal sealed class HandedWork
{
    private readonly CSharpSyntaxNode? _body;
    private readonly ExpressionSyntax? _method;
    private readonly bool _isAsync;
    private readonly bool _givesTask;

    private HandedWork(AnonymousFunctionExpressionSyntax lambda, bool givesTask, bool hasOwnThread)
    {
        _body = lambda.Body;
        _isAsync = lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
        _givesTask = givesTask;
        HasOwnThread = hasOwnThread;
    }

    private HandedWork(ExpressionSyntax method, ExpressionSyntax? state, bool givesTask, bool hasOwnThread)
    {
        _method = method;
        State = state;
        _givesTask = givesTask;
        HasOwnThread = hasOwnThread;
    }

    /// <summary>What the method is given, as it was where the work started.</summary>
    public ExpressionSyntax? State { get; }

    public bool HasOwnThread { get; }

    /// <summary>Whether the work runs on the thread pool and ends when its delegate does.</summary>
    public bool IsPoolWork => !HasOwnThread && !_givesTask;

    /// <summary>The work of a start; null where it is none of these, or where a task would lose some of it.</summary>
    public static HandedWork? Of(Site site, ExpressionSyntax start)
    {
        if (start is not InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } call
            || site.Model.GetSymbolInfo(call, site.CancellationToken).Symbol is not IMethodSymbol method
            || LeavesContext(method))
        {
            return null;
        }

        return SpawningApis.Of(site.Types).Of(method) switch
        {
            SpawnTarget.Thread when ThreadOf(call) is { } work && arguments.Count < 2 =>
                Of(site, work, arguments.FirstOrDefault()?.Expression, hasOwnThread: true),
            SpawnTarget.Pool when arguments.Count > 0 =>
                Of(site, arguments[0].Expression, arguments.Skip(1).FirstOrDefault()?.Expression, hasOwnThread: false),
            _ => null,
        };
    }

    /// <summary>The work as the body of a delegate.</summary>
    public CSharpSyntaxNode Body(Func<SyntaxNode, SyntaxNode> rewritten) =>
        _body is not null ? (CSharpSyntaxNode)rewritten(_body)
        : State is null ? Code.Expression("$0()", _method!)
        : Code.Expression("$0($1)", _method!, rewritten(State));

    /// <summary>The work as an expression of type <c>Task</c>.</summary>
    public ExpressionSyntax AsTask(Func<SyntaxNode, SyntaxNode> rewritten)
    {
        const string Tasks = "global::System.Threading.Tasks.";
        var lambda = $"{(_isAsync ? "async " : "")}() => $0";
        var text = HasOwnThread
            ? $"{Tasks}Task.Factory.StartNew({lambda}, {Tasks}TaskCreationOptions.LongRunning)"
            : $"{Tasks}Task.Run({lambda})";
        return Code.Expression(HasOwnThread && _givesTask ? text + ".Unwrap()" : text, Body(rewritten));
    }

    private static HandedWork? Of(Site site, ExpressionSyntax work, ExpressionSyntax? state, bool hasOwnThread)
    {
        while (Inside(work) is { } inner)
        {
            work = inner;
        }

        switch (work)
        {
            case AnonymousFunctionExpressionSyntax lambda when !UsesParameter(lambda):
                var isAsync = lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                var result = lambda.ExpressionBody is { } value
                    ? site.Model.GetTypeInfo(value, site.CancellationToken).Type
                    : null;
                return isAsync || !site.Awaitables.IsHot(result) || site.Awaitables.IsTask(result)
                    ? new(lambda, isAsync || site.Awaitables.IsTask(result), hasOwnThread)
                    : null;

            case IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
                when site.Model.GetSymbolInfo(work, site.CancellationToken).Symbol is IMethodSymbol method
                && !(method.IsAsync && method.ReturnsVoid)
                && (method.Parameters.IsEmpty || state is not null || !hasOwnThread):
                state ??= method.Parameters.IsEmpty
                    ? null
                    : SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression);
                return new(work, state, site.Awaitables.IsTask(method.ReturnType), hasOwnThread);

            default:
                return null;
        }
    }

    private static ExpressionSyntax? Inside(ExpressionSyntax work) => work switch
    {
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        PostfixUnaryExpressionSyntax suppressed => suppressed.Operand,
        ObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var inner }] } => inner,
        _ => null,
    };

    // Such work must not see the caller's AsyncLocal values, and a task would.
    private static bool LeavesContext(IMethodSymbol start) => start.Name.StartsWith("Unsafe", StringComparison.Ordinal);

    // A thread that is started where it is made, and whose settings a task does not need.
    private static ExpressionSyntax? ThreadOf(InvocationExpressionSyntax start) =>
        start.Expression is MemberAccessExpressionSyntax { Expression: var receiver }
        && Expressions.Unparenthesized(receiver) is BaseObjectCreationExpressionSyntax
        {
            ArgumentList.Arguments: [{ Expression: var work }], Initializer: var settings,
        }
        && settings?.Expressions.All(IsBackground) != false
            ? work
            : null;

    private static bool IsBackground(ExpressionSyntax setting) =>
        setting is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "IsBackground" } };

    private static bool UsesParameter(AnonymousFunctionExpressionSyntax lambda)
    {
        var parameters = lambda switch
        {
            SimpleLambdaExpressionSyntax simple => [simple.Parameter],
            ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: var list } => list.ToArray(),
            AnonymousMethodExpressionSyntax { ParameterList.Parameters: var list } => list.ToArray(),
            _ => Array.Empty<ParameterSyntax>(),
        };
        return lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(identifier =>
            parameters.Any(parameter => parameter.Identifier.ValueText == identifier.Identifier.ValueText));
    }
}
