using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.TaskGroups;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Captures;

/// <summary>Finds what runs a lambda or local function: the calls that it is handed to, and its own.</summary>
internal sealed class FunctionStarts(DeferringApis deferring)
{
    public IEnumerable<FunctionStart> Of(IOperation function)
    {
        foreach (var start in DirectlyOf(function))
        {
            yield return start;

            // 'Task.Run(() => Work())' runs the function as well as the lambda.
            if (start.Runs == RunTime.AtOnce && FunctionAround(start.Call) is { } caller
                && !caller.Syntax.Span.Contains(function.Syntax.Span))
            {
                foreach (var outer in DirectlyOf(caller))
                {
                    yield return outer;
                }
            }
        }
    }

    /// <summary>The lambda or local function that an operation stands in; null in a member's own code.</summary>
    public static IOperation? FunctionAround(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return current;
            }
        }

        return null;
    }

    private IEnumerable<FunctionStart> DirectlyOf(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => OfValue(lambda, followsLocals: true),
        ILocalFunctionOperation local => OfLocalFunction(local),
        _ => [],
    };

    private IEnumerable<FunctionStart> OfLocalFunction(ILocalFunctionOperation function)
    {
        foreach (var operation in EnclosingMember.RootOf(function).Descendants())
        {
            switch (operation)
            {
                case IInvocationOperation call when IsSame(call.TargetMethod, function.Symbol):
                    yield return new(call, RunTime.AtOnce, function.Symbol.Name);
                    break;
                case IMethodReferenceOperation reference when IsSame(reference.Method, function.Symbol):
                    foreach (var start in OfValue(reference, followsLocals: true))
                    {
                        yield return start;
                    }

                    break;
            }
        }
    }

    private IEnumerable<FunctionStart> OfValue(IOperation function, bool followsLocals)
    {
        var value = function;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or ICoalesceOperation
            || (value.Parent is IConditionalOperation choice && choice.Condition != value))
        {
            value = value.Parent!;
        }

        switch (value.Parent)
        {
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } call
                when call.Instance == value:
                return [new(call, RunTime.AtOnce, "Invoke")];
            case IArgumentOperation { Parent: IInvocationOperation call }:
                return Given(call, call.TargetMethod);
            case IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } constructor } creation }:
                return Given(creation, constructor);
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation kept } when followsLocals:
                return OfLocal(kept.Symbol, value);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation kept } when followsLocals:
                return OfLocal(kept.Local, value);
            default:
                return [];
        }
    }

    private IEnumerable<FunctionStart> OfLocal(ILocalSymbol local, IOperation within)
    {
        foreach (var reference in LocalMentions.Of(local, within))
        {
            foreach (var start in OfValue(reference, followsLocals: false))
            {
                yield return start;
            }
        }
    }

    private IEnumerable<FunctionStart> Given(IOperation call, IMethodSymbol method) =>
        deferring.RowOf(method) is { } row
            ? [new(call, RunTimeOf(row, call), row.Display, row.Outlives)]
            : [];

    private static RunTime RunTimeOf(DeferringApi row, IOperation call) => row.Runs switch
    {
        RunTime.WithSlot => call is IInvocationOperation spawn && Groups.HasNoLimit(spawn)
            ? RunTime.AtOnce
            : RunTime.Later,
        RunTime.BeforeResult => IsAwaited(call) ? RunTime.AtOnce : RunTime.Later,
        var runs => runs,
    };

    private static bool IsAwaited(IOperation call)
    {
        var value = call;
        while (value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" } outer
            && outer.Instance == value)
        {
            value = outer;
        }

        return value.Parent is IAwaitOperation;
    }

    private static bool IsSame(IMethodSymbol method, IMethodSymbol function) =>
        SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, function.OriginalDefinition);
}
