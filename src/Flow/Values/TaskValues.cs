using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Values;

/// <summary>Decides whether an awaitable is used as if it were its own result.</summary>
internal sealed class TaskValues(KnownTypes types, Awaitables awaitables, ObservingApis observing)
{
    // OperationKind.CollectionExpression, which came after the Roslyn that we compile against.
    private const OperationKind CollectionExpression = (OperationKind)0x7f;

    private readonly ValueApis _apis = ValueApis.Of(types);

    /// <summary>Where a call's value, or a local that keeps one, is taken for the result; null if nowhere.</summary>
    public TaskValue? Of(IOperation start, ISymbol? containingSymbol)
    {
        if (start.Parent is null or IExpressionStatementOperation or IAwaitOperation
            || Follow(start, containingSymbol) is not { } value)
        {
            return null;
        }

        var isMistaken = value.Use switch
        {
            ValueUse.Text => !WritesItself(value.Value.Type),
            ValueUse.Data => awaitables.IsHot(start.Type),
            _ => start is IInvocationOperation call && IsAskedForResult(call),
        };
        return isMistaken && IsStarted(start) ? value : null;
    }

    private TaskValue? Follow(IOperation start, ISymbol? containingSymbol)
    {
        var value = start;
        var current = start;
        var part = Part.None;
        while (current.Parent is { } parent)
        {
            if (UseAt(parent, current, value, containingSymbol) is var use and not (ValueUse.None or ValueUse.Subject))
            {
                var sink = parent is IArgumentOperation { Parent: { } taker } ? taker : parent;
                return Shows(use, part) ? new(use, value, sink) : null;
            }

            if (Onward(parent, current, ref part) is not { } next)
            {
                return null;
            }

            current = next;
            if (part == Part.None && awaitables.Of(current.Type) != Awaitable.None)
            {
                value = current;
            }
        }

        return null;
    }

    /// <summary>What the parent makes of the value.</summary>
    private ValueUse UseAt(IOperation parent, IOperation current, IOperation value, ISymbol? containingSymbol)
    {
        switch (parent)
        {
            case IInterpolationOperation:
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }:
            case ICompoundAssignmentOperation { Type.SpecialType: SpecialType.System_String } sum
                when sum.Value == current:
            case IInvocationOperation { TargetMethod: { Name: "ToString", Parameters.IsEmpty: true } } written
                when written.Instance == current:
            case IConditionalAccessOperation
            {
                WhenNotNull: IInvocationOperation
                {
                    Instance: IConditionalAccessInstanceOperation, TargetMethod.Name: "ToString",
                },
            } access when access.Operation == current:
                return ValueUse.Text;

            case IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, OperatorMethod: null,
            } comparison:
                return OfComparison(
                    comparison.LeftOperand == current ? comparison.RightOperand : comparison.LeftOperand, value);
            case IInvocationOperation { TargetMethod.Name: "Equals", Arguments: { Length: 1 } others } call
                when call.Instance == current:
                return OfComparison(others[0].Value, value);
            case IIsPatternOperation test when test.Value == current && IsNullTest(test.Pattern):
                return ValueUse.NullCheck;

            case IInvocationOperation { Arguments: var given } call when call.Instance == current:
                return current is IInvocationOperation subject && _apis.Of(subject.TargetMethod) == ValueUse.Subject
                    && !HoldsTask(given, except: null)
                    ? _apis.Of(call.TargetMethod)
                    : ValueUse.None;
            case IArgumentOperation argument when TakesAnything(argument.Parameter):
                return OfArgument(argument);
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation target } set
                when set.Value == current:
                return _apis.Of(target.Property);
            case IReturnOperation when current is IConversionOperation:
                return EnclosingFunction.Of(parent, containingSymbol).IsAsync ? ValueUse.Data : ValueUse.None;

            default:
                return ValueUse.None;
        }
    }

    /// <summary>What stands for the value from here on; null where nothing is known of it any more.</summary>
    private IOperation? Onward(IOperation parent, IOperation current, ref Part part)
    {
        switch (parent)
        {
            case IConversionOperation { Conversion.IsUserDefined: false } conversion
                when awaitables.IsHot(conversion.Type) || IsToObject(conversion):
            case IConditionalOperation choice when choice.Condition != current:
            case ICoalesceOperation:
            case ISwitchExpressionArmOperation arm when arm.Value == current:
            case ISwitchExpressionOperation choices when choices.Value != current:
            case IConditionalAccessOperation access when access.WhenNotNull == current:
            case IInvocationOperation wrapper when wrapper.Instance == current && IsSameWork(wrapper):
                return parent;

            case IArgumentOperation { Parent: IInvocationOperation call } argument:
                if (part == Part.None && IsSameWork(call) && argument.Parameter?.Ordinal == 0)
                {
                    return call;
                }

                if (!TakesAnything(argument.Parameter))
                {
                    return null;
                }

                if (call.Parent is IObjectOrCollectionInitializerOperation)
                {
                    part = Part.Hidden;
                    return call;
                }

                return _apis.Of(call.TargetMethod) == ValueUse.Subject ? call : null;

            case IArgumentOperation { Parent: IObjectCreationOperation creation } argument
                when TakesAnything(argument.Parameter):
                part = Part.Hidden;
                return creation;

            case ISimpleAssignmentOperation { Parent: IAnonymousObjectCreationOperation }:
            case IArrayInitializerOperation:
            case { Kind: CollectionExpression }:
                part = part == Part.None ? Part.Shown : part;
                return parent;
            case ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation }
                when current is IConversionOperation || part != Part.None:
                part = Part.Hidden;
                return parent;
            case IObjectOrCollectionInitializerOperation or IObjectCreationOperation or IArrayCreationOperation
                or IAnonymousObjectCreationOperation when part != Part.None:
                return parent;

            default:
                return null;
        }
    }

    private ValueUse OfArgument(IArgumentOperation argument) => argument.Parent switch
    {
        IInvocationOperation { Parent: IInterpolatedStringAppendOperation } => ValueUse.Text,
        IInvocationOperation call => _apis.Of(call.TargetMethod) switch
        {
            ValueUse.Comparison when HoldsTask(call.Arguments, argument) || IsTask(call.Instance) => ValueUse.None,
            var use => use,
        },
        IObjectCreationOperation creation => _apis.OfNew(creation.Type),
        _ => ValueUse.None,
    };

    // Two tasks are compared on purpose, unless one is a race that nobody awaited: `Task.WhenAny(a, b) == a`.
    private ValueUse OfComparison(IOperation other, IOperation value) =>
        other.ConstantValue is { HasValue: true, Value: null } ? ValueUse.NullCheck
        : !IsTask(other) || (awaitables.IsHot(awaitables.ResultOf(value.Type)) && !IsNested(other))
            ? ValueUse.Comparison
            : ValueUse.None;

    private bool IsNested(IOperation operation) =>
        awaitables.IsHot(awaitables.ResultOf(operation.WithoutConversions().Type));

    private bool IsTask(IOperation? operation) =>
        operation is not null && awaitables.Of(operation.WithoutConversions().Type) != Awaitable.None;

    private bool HoldsTask(ImmutableArray<IArgumentOperation> arguments, IArgumentOperation? except)
    {
        foreach (var argument in arguments)
        {
            if (argument != except && IsTask(argument.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNullTest(IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negated => IsNullTest(negated.Pattern),
        IConstantPatternOperation constant => constant.Value.ConstantValue is { HasValue: true, Value: null },
        _ => false,
    };

    private bool IsSameWork(IInvocationOperation call) => observing.Of(call.TargetMethod) == Observation.SameWork;

    // Who casts to object knows that it is a task.
    private static bool IsToObject(IConversionOperation conversion) =>
        conversion is { IsImplicit: true, Type: { SpecialType: SpecialType.System_Object, TypeKind: TypeKind.Class } };

    private static bool TakesAnything(IParameterSymbol? parameter) => parameter?.OriginalDefinition.Type switch
    {
        IArrayTypeSymbol array => IsAnything(array.ElementType),
        INamedTypeSymbol { TypeArguments: [var element] } when parameter.IsParams => IsAnything(element),
        { } type => IsAnything(type),
        null => false,
    };

    private static bool IsAnything(ITypeSymbol type) =>
        type is ITypeParameterSymbol or { SpecialType: SpecialType.System_Object };

    // Inside an object of unknown shape a value is read by those who read data, but not written as text.
    private static bool Shows(ValueUse use, Part part) => use switch
    {
        ValueUse.Data => true,
        ValueUse.Text => part != Part.Hidden,
        _ => part == Part.None,
    };

    // An awaitable of one's own that has a text to show.
    private bool WritesItself(ITypeSymbol? type)
    {
        for (var current = type; current is not null && !awaitables.IsValueTask(current); current = current.BaseType)
        {
            foreach (var member in current.GetMembers("ToString"))
            {
                if (member is IMethodSymbol { IsOverride: true, Parameters.IsEmpty: true }
                    && current.SpecialType == SpecialType.None)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A method may give null for 'no task', and then says so by its type or its name.
    private bool IsAskedForResult(IInvocationOperation call)
    {
        var method = call.TargetMethod.OriginalDefinition;
        return awaitables.ResultOf(method.ReturnType) is not null
            && method.ReturnNullableAnnotation != NullableAnnotation.Annotated
            && method.Name.IndexOf("Task", StringComparison.Ordinal) < 0
            && (method.IsAsync
                || method.Name.EndsWith("Async", StringComparison.Ordinal)
                || method.ReturnNullableAnnotation == NullableAnnotation.NotAnnotated);
    }

    private bool IsStarted(IOperation start) => start is ILocalReferenceOperation local
        ? LocalMentions.InitializerOf(local.Local, local) is { } first && IsStartedCall(Unwrapped(first))
        : IsStartedCall(start);

    private bool IsStartedCall(IOperation value) =>
        value is IInvocationOperation call
        && observing.Of(call.TargetMethod)
            is not (Observation.Complete or Observation.NoWork or Observation.StandIn or Observation.SameWork);

    private IOperation Unwrapped(IOperation value) => value.WithoutConversions() switch
    {
        IConditionalOperation choice when Unwrapped(choice.WhenTrue) is IInvocationOperation first => first,
        IConditionalOperation { WhenFalse: { } other } => Unwrapped(other),
        IInvocationOperation { Instance: { } inner } wrapper when IsSameWork(wrapper) => Unwrapped(inner),
        var bare => bare,
    };

    /// <summary>How deep the value lies in what is handed on.</summary>
    private enum Part
    {
        /// <summary>It is the value itself.</summary>
        None,

        /// <summary>In an array or an anonymous object: text shows it.</summary>
        Shown,

        /// <summary>In an object of its own type.</summary>
        Hidden,
    }
}
