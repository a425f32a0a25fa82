using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>
/// Decides whether a call gives the task of a task of which only the outer one is waited for: that a lambda was called,
/// and not that its work has ended.
/// </summary>
/// <remarks>
/// Only where the inner task is what the call's own delegate gave: a method that says <c>Task&lt;Task&gt;</c> by itself
/// means it.
/// </remarks>
internal sealed class NestedTasks(
    KnownTypes types, Awaitables awaitables, ObservingApis observing, TaskLifetimes lifetimes)
{
    private const int Depth = 6;

    /// <summary>Whether the call gives a task for the task that the delegate handed to it gives.</summary>
    public bool Holds(IInvocationOperation call) => AreGivenBy(call, awaitables);

    /// <summary>The same, of who knows only what is awaitable.</summary>
    public static bool AreGivenBy(IInvocationOperation call, Awaitables awaitables)
    {
        var method = call.TargetMethod;
        if (method is { IsGenericMethod: false, ContainingType.IsGenericType: false }
            || InnerOf(call, awaitables) is not { } inner
            || !awaitables.IsHot(inner))
        {
            return false;
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var returned }
                && SymbolEqualityComparer.Default.Equals(returned, inner)
                && parameter.OriginalDefinition.Type is INamedTypeSymbol
                {
                    DelegateInvokeMethod.ReturnType: ITypeParameterSymbol,
                })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the outer task is waited for, or handed on as a plain one, and the inner is out of reach.
    /// </summary>
    public bool LosesInner(IInvocationOperation call, CancellationToken cancellationToken) =>
        IsLost(call, call, Depth, cancellationToken);

    /// <summary>Whether <c>Unwrap</c> makes one task of the two.</summary>
    public bool CanUnwrap(IInvocationOperation call) =>
        awaitables.IsTask(call.Type) && awaitables.IsTask(awaitables.ResultOf(call.Type));

    // Other awaitables, as a dispatcher's operation, say by the await itself what they give.
    private static ITypeSymbol? InnerOf(IInvocationOperation call, Awaitables awaitables) =>
        awaitables.ResultOf(call.Type) ?? (call.Parent as IAwaitOperation)?.Type;

    private bool IsLost(IOperation value, IInvocationOperation start, int depth, CancellationToken cancellationToken)
    {
        if (depth == 0)
        {
            return false;
        }

        switch (value.Parent)
        {
            case IConversionOperation conversion:
                return IsPlainTask(conversion) && !IsRacedOrCompared(conversion);

            case IConditionalOperation choice when choice.Condition != value:
            case ICoalesceOperation:
            case ISwitchExpressionArmOperation:
            case ISwitchExpressionOperation choices when choices.Value != value:
            case IConditionalAccessOperation access when access.WhenNotNull == value:
                return IsLost(value.Parent, start, depth - 1, cancellationToken);

            case IAwaitOperation awaited:
                return IsDropped(awaited, start, cancellationToken);

            case IInvocationOperation call when call.Instance == value:
                return call.TargetMethod.Name switch
                {
                    "Wait" => true,
                    "GetAwaiter" => call.Parent is IInvocationOperation { TargetMethod.Name: "GetResult" } result
                        && IsDropped(result, start, cancellationToken),
                    _ => observing.Of(call.TargetMethod) == Observation.SameWork
                        && IsLost(call, start, depth - 1, cancellationToken),
                };

            case IReturnOperation:
                return TaskTrail.Follow(value, observing, awaitables) is
                    { Fate: TaskFate.Selected, End: IInvocationOperation selection }
                    && IsLostTogether(selection, start, depth, cancellationToken);

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                return IsLostIn(declarator.Symbol, start, depth, cancellationToken);

            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target }:
                return IsLostIn(target.Local, start, depth, cancellationToken);

            default:
                return ListedValues.ListOf(value) is { } list
                    && IsLostTogether(list, start, depth, cancellationToken);
        }
    }

    private bool IsLostTogether(
        IOperation tasks, IInvocationOperation start, int depth, CancellationToken cancellationToken)
    {
        return tasks.WithConversions().Parent is IArgumentOperation
            {
                Parent: IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType: var owner } } whenAll,
            }
            && owner.Is(types.Task)
            && IsLost(whenAll, start, depth - 1, cancellationToken);
    }

    private bool IsLostIn(
        ILocalSymbol holder, IInvocationOperation start, int depth, CancellationToken cancellationToken)
    {
        var isJoined = false;
        foreach (var reference in LocalMentions.Of(holder, start))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (LocalMentions.IsAssigned(reference))
            {
                continue;
            }

            if (!IsLost(reference, start, depth - 1, cancellationToken))
            {
                return false;
            }

            isJoined = true;
        }

        return isJoined;
    }

    private bool IsDropped(IOperation inner, IInvocationOperation start, CancellationToken cancellationToken) =>
        inner.Parent switch
        {
            IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
                lifetimes.Of(start, declarator.Symbol, cancellationToken).End == LifetimeEnd.NeverJoined,
            _ => false,
        };

    private bool IsPlainTask(IConversionOperation conversion) =>
        conversion is { Conversion.IsUserDefined: false } && conversion.Type.Is(types.Task);

    private bool IsRacedOrCompared(IConversionOperation conversion) =>
        conversion.Parent is IBinaryOperation or IIsPatternOperation
        || ListedValues.ListOf(conversion) is { Parent: IArgumentOperation argument } && IsOfRace(argument)
        || conversion.Parent is IArgumentOperation own && IsOfRace(own);

    // Who is left behind in a race is another rule's affair.
    private static bool IsOfRace(IArgumentOperation argument) =>
        argument.Parent is IInvocationOperation { TargetMethod.Name: "WhenAny" };
}
