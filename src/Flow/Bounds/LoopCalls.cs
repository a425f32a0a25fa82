using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Bounds;

/// <summary>A call that is a loop, and the delegate that is its body.</summary>
/// <param name="Call">The call: <c>list.ForEach(..)</c>, <c>Parallel.Invoke(..)</c>.</param>
/// <param name="Row">What is known of the method.</param>
/// <param name="Body">The lambda or method group that it runs.</param>
internal sealed record LoopCall(IInvocationOperation Call, LoopingApi Row, IDelegateCreationOperation Body);

/// <summary>Decides whether work is started by the delegate of a call that loops and waits for nothing.</summary>
internal sealed class LoopCalls(LoopingApis looping)
{
    /// <summary>The loop whose body is this asynchronous function that returns nothing to wait for.</summary>
    public LoopCall? OfFunction(IOperation function) => function switch
    {
        IAnonymousFunctionOperation { Symbol: { IsAsync: true, ReturnsVoid: true } } or
            IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true } } =>
            Of(function.Parent as IDelegateCreationOperation),
        _ => null,
    };

    /// <summary>The loop whose body is the lambda that the statement is: <c>x =&gt; SaveAsync(x)</c>.</summary>
    public LoopCall? OfBody(IOperation statement) =>
        statement.Parent is IBlockOperation { Parent: IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda }
        && lambda.Syntax is LambdaExpressionSyntax { ExpressionBody: not null }
            ? Of(lambda.Parent as IDelegateCreationOperation)
            : null;

    /// <summary>Whether the call is such a loop, by any of its delegates.</summary>
    public bool IsLoop(IInvocationOperation call, Awaitables awaitables)
    {
        foreach (var argument in call.Arguments)
        {
            foreach (var body in BodiesOf(argument.Value))
            {
                if (OfFunction(body.Target) is not null
                    || (body.Target is IAnonymousFunctionOperation { Body.Operations: { Length: > 0 } statements }
                        && statements[0] is IExpressionStatementOperation { Operation.Type: { } type } statement
                        && awaitables.IsHot(type)
                        && OfBody(statement) is not null))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // 'Parallel.Invoke' takes several in an array.
    private static IEnumerable<IDelegateCreationOperation> BodiesOf(IOperation argument) => argument switch
    {
        IDelegateCreationOperation body => [body],
        IArrayCreationOperation { Initializer: { } initializer } =>
            initializer.ElementValues.OfType<IDelegateCreationOperation>(),
        _ => [],
    };

    private LoopCall? Of(IDelegateCreationOperation? body)
    {
        if (body?.Type is not INamedTypeSymbol { DelegateInvokeMethod.ReturnsVoid: true })
        {
            return null;
        }

        var argument = body.Parent;
        while (argument is IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation)
        {
            argument = argument.Parent;
        }

        return argument is IArgumentOperation { Parent: IInvocationOperation call }
            && looping.RowOf(call.TargetMethod) is { } row
                ? new(call, row, body)
                : null;
    }
}
