using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Outlived;

/// <summary>Lists the resources that end where the code around a place does, within its own function.</summary>
internal sealed class ResourceScopes(KnownTypes types, Awaitables awaitables)
{
    private readonly AmbientApis _ambient = AmbientApis.Of(types);

    public IEnumerable<Resource> Around(IOperation place)
    {
        var current = place;
        while (current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            foreach (var resource in OpenedBetween(parent, current))
            {
                yield return resource with { Scope = parent };
            }

            current = parent;
        }
    }

    private IEnumerable<Resource> OpenedBetween(IOperation parent, IOperation child)
    {
        switch (parent)
        {
            case IUsingOperation scope when scope.Body == child:
                return Opened(scope.Resources);
            case IBlockOperation block:
                return OpenedBefore(block, child);
            case ILockOperation held when held.Body == child
                && TaskOrigins.SymbolOf(held.LockedValue.WithoutConversions()) is { } locked:
                return [new(locked.Name, locked, ResourceEnding.Unlocked)];
            case ITryOperation { Finally: { } last } when last != child:
                return EndedIn(last);
            default:
                return [];
        }
    }

    private IEnumerable<Resource> OpenedBefore(IBlockOperation block, IOperation child)
    {
        foreach (var earlier in block.Operations)
        {
            if (earlier == child)
            {
                yield break;
            }

            if (earlier is IUsingDeclarationOperation declaration)
            {
                foreach (var resource in Opened(declaration.DeclarationGroup))
                {
                    yield return resource;
                }
            }
        }
    }

    private IEnumerable<Resource> Opened(IOperation resources)
    {
        if (resources is not IVariableDeclarationGroupOperation group)
        {
            if (Opened(TaskOrigins.SymbolOf(resources.WithoutConversions()), resources) is { } single)
            {
                yield return single;
            }

            yield break;
        }

        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (declarator.GetVariableInitializer()?.Value is { } value
                    && Opened(declarator.Symbol, value) is { } resource)
                {
                    yield return resource;
                }
            }
        }
    }

    private Resource? Opened(ISymbol? symbol, IOperation value)
    {
        value = value.WithoutConversions();
        return _ambient.RowOf(value) is { } row
            ? new(row.Display, symbol, ResourceEnding.Disposed, IsAmbient: true)
            : symbol is not null && Matters(value.Type, symbol, value)
                ? new(symbol.Name, symbol, ResourceEnding.Disposed)
                : null;
    }

    private IEnumerable<Resource> EndedIn(IBlockOperation last)
    {
        foreach (var operation in last.Descendants())
        {
            if (operation is IInvocationOperation call && EndedBy(call) is { } resource && IsCertain(call, last))
            {
                yield return resource;
            }
        }
    }

    private Resource? EndedBy(IInvocationOperation call)
    {
        switch (call.TargetMethod)
        {
            case { Name: "Dispose" or "DisposeAsync", Parameters.IsEmpty: true }
                when ReceiverOf(call) is { } disposed && TaskOrigins.SymbolOf(disposed) is { } symbol:
                var value = symbol is ILocalSymbol local ? LocalMentions.InitializerOf(local, call) : null;
                return Matters(disposed.Type, symbol, value ?? disposed)
                    ? new(symbol.Name, symbol, ResourceEnding.Disposed)
                    : null;
            case { Name: "Return", ContainingType: { Name: "ArrayPool" or "ObjectPool" } }
                when !call.Arguments.IsEmpty
                && TaskOrigins.SymbolOf(call.Arguments[0].Value.WithoutConversions()) is { } rented:
                return new(rented.Name, rented, ResourceEnding.GivenBack);
            case { Name: "Release", ContainingType.Name: "SemaphoreSlim" or "Semaphore" }
                when call.Instance is { } semaphore && TaskOrigins.SymbolOf(semaphore) is { } permits:
                return new(permits.Name, permits, ResourceEnding.GivenBack, IsAmbient: true);
            default:
                return null;
        }
    }

    private static IOperation? ReceiverOf(IInvocationOperation call) =>
        call.Instance is IConditionalAccessInstanceOperation
        && call.Parent is IConditionalAccessOperation { Operation: var receiver }
            ? receiver.WithoutConversions()
            : call.Instance?.WithoutConversions();

    // Under a condition of its own it may stay open on purpose, until the work has ended.
    private static bool IsCertain(IOperation ending, IBlockOperation last)
    {
        for (var current = ending.Parent; current is not null && current != last; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation or ISwitchOperation
                || current is IConditionalOperation choice && !IsNullTest(choice.Condition))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNullTest(IOperation condition) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } comparison =>
            NullTests.IsNull(comparison.LeftOperand) || NullTests.IsNull(comparison.RightOperand),
        IIsPatternOperation test => NullTests.Of(test.Pattern) == true,
        _ => false,
    };

    // A token that nobody cancels by then is the same before and after; a task is no resource.
    private bool Matters(ITypeSymbol? type, ISymbol symbol, IOperation value) =>
        !awaitables.IsTask(type)
        && type?.Name is not ("CancellationTokenRegistration" or "IEnumerator")
        && (type?.Name != "CancellationTokenSource" || IsTimedOrLinked(symbol, value));

    private static bool IsTimedOrLinked(ISymbol source, IOperation value)
    {
        var isTimed = value is IInvocationOperation { TargetMethod.Name: "CreateLinkedTokenSource" }
            or IObjectCreationOperation { Arguments.IsEmpty: false };
        foreach (var operation in EnclosingMember.RootOf(value).Descendants())
        {
            if (operation is IInvocationOperation { Instance: { } instance, TargetMethod.Name: var name }
                && SymbolEqualityComparer.Default.Equals(TaskOrigins.SymbolOf(instance), source))
            {
                if (name is "Cancel" or "CancelAsync")
                {
                    return false;
                }

                isTimed |= name == "CancelAfter";
            }
        }

        return isTimed;
    }
}
