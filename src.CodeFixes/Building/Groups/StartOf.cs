using ScopedTasks.Analyzers.Flow.Fates;

namespace ScopedTasks.CodeFixes.Building.Groups;

/// <summary>How a start runs its work.</summary>
internal enum StartKind
{
    /// <summary>A call that gives an awaitable; it runs on the caller's context up to its first await.</summary>
    Call,

    /// <summary>Synchronous work on the thread pool: <c>Task.Run(() =&gt; Compute())</c>.</summary>
    OnThreadPool,

    /// <summary>A thread of its own: <c>Task.Factory.StartNew(.., LongRunning)</c>.</summary>
    LongRunning,

    /// <summary>A start that no group takes as it is.</summary>
    Unsupported,
}

/// <summary>Decides how a start runs its work, and how it is written as a task.</summary>
internal static class StartOf
{
    public static StartKind Kind(Site site, ExpressionSyntax start)
    {
        if (site.Model.GetOperation(start, site.CancellationToken) is not IInvocationOperation call)
        {
            return site.Awaitables.IsHot(TypeOf(site, start)) ? StartKind.Call : StartKind.Unsupported;
        }

        var method = call.TargetMethod;
        if (IsStartNew(site, method))
        {
            var isLongRunning = call.Arguments.Any(argument => argument.Value.Type?.Name == "TaskCreationOptions"
                && argument.Value.Syntax.ToString().Contains("LongRunning"));
            return isLongRunning ? StartKind.LongRunning : StartKind.Call;
        }

        return method.ContainingType.Is(site.Types.Task) && method.Name == "Run"
            ? method.Parameters[0].Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var result }
                && site.Awaitables.IsTask(result) ? StartKind.Call : StartKind.OnThreadPool
            : site.Awaitables.IsHot(method.ReturnType) ? StartKind.Call : StartKind.Unsupported;
    }

    /// <summary>What a synchronous <c>Task.Run</c> runs, as the body of a lambda that returns nothing.</summary>
    public static CSharpSyntaxNode? BodyOf(Site site, ExpressionSyntax start)
    {
        if (start is not InvocationExpressionSyntax { ArgumentList.Arguments: [var work, ..] })
        {
            return null;
        }

        return work.Expression switch
        {
            ParenthesizedLambdaExpressionSyntax { Block: { } block } when ReturnsNothing(site, start) => block,
            ParenthesizedLambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax body } => body,
            ParenthesizedLambdaExpressionSyntax { ExpressionBody: AssignmentExpressionSyntax body } => body,
            IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
                when site.Model.GetSymbolInfo(work.Expression, site.CancellationToken).Symbol is IMethodSymbol =>
                Code.Expression("$0()", work.Expression),
            _ => null,
        };
    }

    /// <summary>The rewritten work as an expression of type <c>Task</c>; the original tells its type.</summary>
    public static ExpressionSyntax? AsTask(Site site, ExpressionSyntax original, ExpressionSyntax rewritten)
    {
        var type = TypeOf(site, original);
        if (IsNested(site, original))
        {
            // Work that another task only started is what the group has to wait for.
            return site.Awaitables.IsTask(site.Awaitables.ResultOf(type))
                ? Code.Expression("$0.Unwrap()", Expressions.AsReceiver(rewritten.WithoutTrivia()))
                : null;
        }

        return site.Awaitables.IsTask(type)
            ? rewritten
            : site.Awaitables.IsValueTask(type)
                ? Code.Expression("$0.AsTask()", Expressions.AsReceiver(rewritten.WithoutTrivia()))
                : null;
    }

    /// <summary>Whether the work is awaitable, but neither a task nor to be made one.</summary>
    public static bool IsOtherAwaitable(Site site, ExpressionSyntax work) =>
        TypeOf(site, work) is var type
        && site.Awaitables.IsHot(type) && !site.Awaitables.IsTask(type) && !site.Awaitables.IsValueTask(type);

    // `StartNew` and `ContinueWith` of asynchronous work give a task of a task.
    private static bool IsNested(Site site, ExpressionSyntax work) =>
        site.Model.GetOperation(work, site.CancellationToken) is IInvocationOperation call
        && NestedTasks.AreGivenBy(call, site.Awaitables);

    private static bool IsStartNew(Site site, IMethodSymbol method) =>
        method is { Name: "StartNew", ContainingType: { Name: "TaskFactory" } type }
        && (type.Is(site.Types.TaskFactory) || type.OriginalDefinition.Arity == 1);

    private static bool ReturnsNothing(Site site, ExpressionSyntax start) =>
        site.Model.GetOperation(start, site.CancellationToken) is IInvocationOperation
        {
            TargetMethod.Parameters: [{ Type: INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true } }, ..],
        };

    private static ITypeSymbol? TypeOf(Site site, ExpressionSyntax expression) =>
        site.Model.GetTypeInfo(expression, site.CancellationToken) is var info ? info.Type ?? info.ConvertedType : null;
}
