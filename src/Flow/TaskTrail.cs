using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Fates;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Follows the value of one expression up through its parents to where its fate is decided.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="End">
/// Where: the statement that drops it, the assignment that keeps it, the call that collects it or whose selector it is.
/// </param>
/// <param name="IsConditional">The value passed a <c>?.</c>.</param>
/// <param name="Wrapper">The call that gave the work another value: <c>ConfigureAwait</c>, <c>ContinueWith</c>.</param>
/// <param name="Holder">The local that keeps or collects it.</param>
internal readonly record struct TaskTrail(
    TaskFate Fate,
    IOperation End,
    bool IsConditional = false,
    IInvocationOperation? Wrapper = null,
    ILocalSymbol? Holder = null)
{
    public static TaskTrail Follow(IOperation start, ObservingApis observing, Awaitables awaitables)
    {
        var current = start;
        var conditional = false;
        var discarded = false;
        IInvocationOperation? wrapper = null;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IExpressionStatementOperation:
                    return new(discarded ? TaskFate.Discarded : TaskFate.Dropped, parent, conditional, wrapper);

                case IConversionOperation { Conversion.IsUserDefined: false } conversion
                    when awaitables.IsHot(conversion.Type):
                case IConditionalOperation choice when choice.Condition != current:
                case ICoalesceOperation:
                case ISwitchExpressionArmOperation arm when arm.Value == current:
                case ISwitchExpressionOperation choices when choices.Value != current:
                    break;

                case IConditionalAccessOperation access when access.WhenNotNull == current:
                    conditional = true;
                    break;

                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    discarded = true;
                    break;

                // `_ => _ = TickAsync()`: the parameter has that name, and was meant to be none.
                case ISimpleAssignmentOperation { Target: var target } when IsNamedDiscard(target):
                    discarded = true;
                    break;
                case IConversionOperation { Parent: ISimpleAssignmentOperation { Target: var target } }
                    when IsNamedDiscard(target):
                    break;

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                    when assignment.Parent is IExpressionStatementOperation:
                    return new(TaskFate.Kept, assignment, conditional, wrapper, target.Local);

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return new(TaskFate.Kept, declarator, conditional, wrapper, declarator.Symbol);

                case ISimpleAssignmentOperation
                {
                    Target: IArrayElementReferenceOperation { ArrayReference: ILocalReferenceOperation target },
                } assignment:
                    return new(TaskFate.Collected, assignment, conditional, wrapper, target.Local);

                case var _ when DeclaratorOfList(current) is { } list:
                    return new(TaskFate.Collected, list, conditional, wrapper, list.Symbol);

                case IInvocationOperation call when call.Instance == current:
                    if (!PassesOn(call, ref wrapper, observing, out var fate))
                    {
                        return new(fate, call);
                    }

                    break;

                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    if (CollectorOf(call) is { } collector)
                    {
                        return new(TaskFate.Collected, call, conditional, wrapper, collector);
                    }

                    if (!IsReceiver(argument, call) || !PassesOn(call, ref wrapper, observing, out fate))
                    {
                        return new(TaskFate.Escaped, call);
                    }

                    parent = call;
                    break;

                case IReturnOperation { Kind: OperationKind.Return }:
                    return SelectionOf(parent) is { } selection
                        ? new(TaskFate.Selected, selection, conditional, wrapper)
                        : new(TaskFate.Joined, parent);

                case IAwaitOperation:
                    return new(TaskFate.Joined, parent);

                default:
                    return new(TaskFate.Escaped, parent);
            }

            current = parent;
        }

        return new(TaskFate.Escaped, current);
    }

    /// <summary>The call whose selector is the delegate made of that function; null if it is no selector.</summary>
    public static IInvocationOperation? SelectionOf(IDelegateCreationOperation? selector) =>
        selector?.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Select" } call }
            ? call
            : null;

    private static IInvocationOperation? SelectionOf(IOperation returned)
    {
        for (var current = returned.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IAnonymousFunctionOperation { Symbol.IsAsync: false } lambda:
                    return SelectionOf(lambda.Parent as IDelegateCreationOperation);
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
            }
        }

        return null;
    }

    private static bool PassesOn(
        IInvocationOperation call, ref IInvocationOperation? wrapper, ObservingApis observing, out TaskFate fate)
    {
        fate = TaskFate.Escaped;
        switch (observing.Of(call.TargetMethod))
        {
            case Observation.SameWork:
                wrapper ??= call;
                return true;
            case Observation.Continuation when Continuations.LooksAtFailure(call):
                fate = TaskFate.Joined;
                return false;
            case Observation.Continuation:
                wrapper = call;
                return true;
            default:
                return false;
        }
    }

    private static bool IsNamedDiscard(IOperation target) =>
        target is IParameterReferenceOperation { Parameter.Name: "_" };

    private static bool IsReceiver(IArgumentOperation argument, IInvocationOperation call) =>
        call.TargetMethod.IsExtensionMethod && argument.Parameter?.Ordinal == 0;

    // `var tasks = new[] { SaveAsync(), SendAsync() };`
    private static IVariableDeclaratorOperation? DeclaratorOfList(IOperation element)
    {
        var list = ListedValues.ListOf(element)?.WithConversions();
        return list?.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }
            ? declarator
            : null;
    }

    private static ILocalSymbol? CollectorOf(IInvocationOperation call) =>
        call is { Instance: ILocalReferenceOperation local, TargetMethod.Name: "Add" or "Enqueue" or "Push" }
            ? local.Local
            : null;
}
