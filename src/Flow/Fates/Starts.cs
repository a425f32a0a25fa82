using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Decides whether a call starts work of its own.</summary>
internal sealed class Starts(ObservingApis observing, Awaitables awaitables)
{
    /// <summary>
    /// Whether the value stands for work that begins here, and not for another call's, which is a start of its own.
    /// </summary>
    public bool Holds(IInvocationOperation call) => !HandsBack(call.TargetMethod) && IsStart(call);

    private bool IsStart(IInvocationOperation call) => observing.Of(call.TargetMethod) switch
    {
        Observation.None or Observation.StandIn or Observation.Assertion => true,
        Observation.Continuation => !Continuations.LooksAtFailure(call) && IsOwnWork(call),
        _ => false,
    };

    // 'T Checked<T>(T value)', 'T Queue<T>.Dequeue()': a task that comes out went in.
    private static bool HandsBack(IMethodSymbol method)
    {
        if (method.OriginalDefinition is not { ReturnType: ITypeParameterSymbol returned } definition)
        {
            return false;
        }

        if (returned.TypeParameterKind == TypeParameterKind.Type && method.MethodKind != MethodKind.DelegateInvoke)
        {
            return true;
        }

        foreach (var parameter in definition.Parameters)
        {
            if (SymbolEqualityComparer.Default.Equals(parameter.Type, returned))
            {
                return true;
            }
        }

        return false;
    }

    // A continuation of somebody else's task is a callback, unless it is asynchronous; of a start, that start's affair.
    private bool IsOwnWork(IInvocationOperation continuation) =>
        ReceiverOf(continuation) is IInvocationOperation inner && awaitables.IsHot(inner.Type)
            ? observing.Of(inner.TargetMethod) is not Observation.Continuation && !StartsBehind(inner)
            : awaitables.IsHot(awaitables.ResultOf(continuation.Type));

    private bool StartsBehind(IInvocationOperation call) =>
        observing.Of(call.TargetMethod) is Observation.SameWork
            ? ReceiverOf(call) is IInvocationOperation inner && StartsBehind(inner)
            : IsStart(call);

    private static IOperation? ReceiverOf(IInvocationOperation call) =>
        (call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null))?.WithoutConversions();
}
