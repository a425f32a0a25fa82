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
        if (method.ContainingType.Is(site.Types.TaskFactory) && method.Name == "StartNew")
        {
            var isNested = site.Awaitables.IsHot(site.Awaitables.ResultOf(method.ReturnType));
            var isLongRunning = call.Arguments.Any(argument => argument.Value.Type?.Name == "TaskCreationOptions"
                && argument.Value.Syntax.ToString().Contains("LongRunning"));
            return isNested ? StartKind.Unsupported : isLongRunning ? StartKind.LongRunning : StartKind.Call;
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
            IdentifierNameSyntax or MemberAccessExpressionSyntax => Code.Expression("$0()", work.Expression),
            _ => null,
        };
    }

    /// <summary>The rewritten work as an expression of type <c>Task</c>; the original tells its type.</summary>
    public static ExpressionSyntax? AsTask(Site site, ExpressionSyntax original, ExpressionSyntax rewritten)
    {
        var type = TypeOf(site, original);
        return site.Awaitables.IsTask(type)
            ? rewritten
            : site.Awaitables.IsValueTask(type)
                ? Code.Expression("$0.AsTask()", Expressions.AsReceiver(rewritten.WithoutTrivia()))
                : null;
    }

    private static bool ReturnsNothing(Site site, ExpressionSyntax start) =>
        site.Model.GetOperation(start, site.CancellationToken) is IInvocationOperation
        {
            TargetMethod.Parameters: [{ Type: INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true } }, ..],
        };

    private static ITypeSymbol? TypeOf(Site site, ExpressionSyntax expression) =>
        site.Model.GetTypeInfo(expression, site.CancellationToken) is var info ? info.Type ?? info.ConvertedType : null;
}
