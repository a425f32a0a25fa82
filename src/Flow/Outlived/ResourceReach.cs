using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Outlived;

/// <summary>Decides whether work, once it is started, still has something in hand.</summary>
/// <param name="isSought">Whether an operation names what is looked for.</param>
/// <remarks>
/// What a call computes from a resource is not the resource: a text that was read, a hash, an object that was
/// deserialized. What hands it on by nature is: a property's object, <c>new StreamReader(stream)</c>, a factory's or a
/// scope's product, a deferred query, a lambda that captures it.
/// </remarks>
internal sealed class ResourceReach(Func<IOperation, bool> isSought)
{
    private const int Depth = 8;

    /// <summary>Whether the call's receiver, an argument, or the function that it calls has it in hand.</summary>
    public bool Holds(IInvocationOperation call) =>
        (call.Instance is { } instance && Holds(instance, Depth))
        || AnyHolds(call.Arguments, Depth)
        || (call.TargetMethod.MethodKind == MethodKind.LocalFunction && Captures(call.TargetMethod, call));

    public bool Holds(IObjectCreationOperation creation) => Holds(creation, Depth);

    private bool Holds(IOperation? value, int depth)
    {
        if (value is null || depth == 0)
        {
            return false;
        }

        if (isSought(value))
        {
            return true;
        }

        switch (value)
        {
            case IConversionOperation conversion:
                return Holds(conversion.Operand, depth);

            case IArgumentOperation argument:
                return Holds(argument.Value, depth);

            case ILocalReferenceOperation { Local: var local }:
                return !IsPlain(local.Type)
                    && LocalMentions.InitializerOf(local, value) is { } source
                    && Holds(source.WithoutConversions(), depth - 1);

            case IMemberReferenceOperation { Instance: { } owner } member
                and (IPropertyReferenceOperation or IFieldReferenceOperation):
                return !IsPlain(member.Type) && Holds(owner, depth - 1);

            case IConditionalAccessInstanceOperation instance:
                return Holds(ReceiverOf(instance), depth - 1);

            case IConditionalAccessOperation access:
                return Holds(access.WhenNotNull, depth - 1);

            case IInvocationOperation call:
                return HandsOn(call)
                    && (Holds(call.Instance, depth - 1) || AnyHolds(call.Arguments, depth - 1));

            case IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: var method } reference }:
                return method.MethodKind == MethodKind.LocalFunction
                    ? Captures(method, value)
                    : Holds(reference.Instance, depth - 1);

            case IAnonymousFunctionOperation lambda:
                return Mentions(lambda, depth);

            case IDelegateCreationOperation or IObjectCreationOperation or IObjectOrCollectionInitializerOperation
                or IArrayCreationOperation or IArrayInitializerOperation or IAnonymousObjectCreationOperation
                or ITupleOperation or ISimpleAssignmentOperation or IConditionalOperation or ICoalesceOperation
                or ISwitchExpressionOperation or ISwitchExpressionArmOperation or ITranslatedQueryOperation:
                return AnyHolds(value.ChildOperations, depth - 1);

            default:
                return ListedValues.Of(value) is { } values && AnyHolds(values, depth - 1);
        }
    }

    private bool AnyHolds(IEnumerable<IOperation> values, int depth)
    {
        foreach (var value in values)
        {
            if (Holds(value, depth))
            {
                return true;
            }
        }

        return false;
    }

    // The lambda runs later: whatever it names then is in its hands.
    private bool Mentions(IOperation function, int depth)
    {
        foreach (var operation in function.Descendants())
        {
            if (isSought(operation)
                || operation is ILocalReferenceOperation { Local: var local }
                && !LocalMentions.IsDeclaredIn(local, function)
                && Holds(operation, depth - 1))
            {
                return true;
            }
        }

        return false;
    }

    private bool Captures(IMethodSymbol function, IOperation within)
    {
        foreach (var operation in EnclosingMember.RootOf(within).Descendants())
        {
            if (operation is ILocalFunctionOperation local
                && SymbolEqualityComparer.Default.Equals(local.Symbol, function.OriginalDefinition))
            {
                return Mentions(local, depth: 2);
            }
        }

        return false;
    }

    private static bool HandsOn(IInvocationOperation call)
    {
        if (IsPlain(call.Type))
        {
            return false;
        }

        return IsDeferred(call.Type) || LifetimeTypes.BelongsToMaker(call.TargetMethod.Name);
    }

    // A query runs when it is enumerated, which is when the work does it.
    private static bool IsDeferred(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface } contract
        && contract.Name is "IEnumerable" or "IQueryable" or "IOrderedQueryable" or "IOrderedEnumerable"
            or "IAsyncEnumerable" or "IIncludableQueryable";

    private static bool IsPlain(ITypeSymbol? type) => type switch
    {
        null => true,
        { SpecialType: SpecialType.System_Object } => false,
        { SpecialType: not SpecialType.None and not SpecialType.System_Collections_Generic_IEnumerable_T
            and not SpecialType.System_Collections_IEnumerable and not SpecialType.System_IDisposable } => true,
        { TypeKind: TypeKind.Enum } => true,
        IArrayTypeSymbol array => IsPlain(array.ElementType),
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            IsPlain(nullable.TypeArguments[0]),
        { Name: "Guid" or "DateTimeOffset" or "TimeSpan" or "DateOnly" or "TimeOnly" or "Uri" or "Version" or "Type" }
            => true,
        _ => false,
    };

    private static IOperation? ReceiverOf(IConditionalAccessInstanceOperation instance)
    {
        for (var current = instance.Parent; current is not null; current = current.Parent)
        {
            if (current is IConditionalAccessOperation access
                && access.WhenNotNull.Syntax.Span.Contains(instance.Syntax.Span))
            {
                return access.Operation;
            }
        }

        return null;
    }
}
