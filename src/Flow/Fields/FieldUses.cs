using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Flow.Bounds;
using ScopedTasks.Analyzers.Flow.Fates;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fields;

/// <summary>Decides what one mention of a field does with the tasks that the field keeps.</summary>
internal sealed class FieldUses(Awaitables awaitables, ObservingApis observing)
{
    private readonly Starts _starts = new(observing, awaitables);

    /// <summary>Whether nobody but its type sees the field, and it keeps a task, or a list of them.</summary>
    public bool Keeps(IFieldSymbol field) =>
        field is { DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false }
        && (awaitables.IsHot(field.Type) || IsList(field.Type));

    public FieldMention Of(IFieldReferenceOperation reference)
    {
        var (use, site, start) = UseOf(reference);
        return new(reference.Field, use, site, start);
    }

    /// <summary>The same of a field's initializer.</summary>
    public FieldMention Of(IFieldInitializerOperation initializer, IFieldSymbol field) =>
        StartIn(initializer.Value) is { } start
            ? new(field, FieldUse.Starts, initializer, start)
            : new(field, FieldUse.Looks, initializer);

    /// <summary>The field that keeps what a call started.</summary>
    public static IFieldSymbol? FieldKeeping(IOperation start)
    {
        for (var current = start; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IFieldInitializerOperation { InitializedFields: [var field] }:
                    return field;
                case ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } }:
                    return field;
                case ISimpleAssignmentOperation
                {
                    Target: IArrayElementReferenceOperation
                    {
                        ArrayReference: IFieldReferenceOperation { Field: var field },
                    },
                }:
                    return field;
                case IInvocationOperation { Instance: IFieldReferenceOperation { Field: var field } instance }
                    when instance != current:
                    return field;
                case IBlockOperation { IsImplicit: false }:
                    return null;
            }
        }

        return null;
    }

    private (FieldUse Use, IOperation Site, IInvocationOperation? Start) UseOf(IFieldReferenceOperation reference)
    {
        var current = reference.WithConversions();
        switch (current.Parent)
        {
            case ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment
                when assignment.Target == current:
                return Of(assignment, assignment.Value);

            case IArrayElementReferenceOperation
            {
                Parent: ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment,
            } element when assignment.Target == element && element.ArrayReference == current:
                return Of(assignment, assignment.Value);

            case IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push", Arguments: [var added] } call
                when call.Instance == current:
                return Of(call, added.Value);

            case IInvocationOperation { TargetMethod.Name: "Clear" or "Remove" or "RemoveAll" or "Dispose" } call
                when call.Instance == current:
            case INameOfOperation:
            case IIsPatternOperation { Pattern: var pattern } when !NamesValue(pattern):
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals }:
                return (FieldUse.Looks, reference, null);

            // Asked again and again, it is waited for.
            case IPropertyReferenceOperation { Property.Name: "IsCompleted" or "Id" or "Count" or "Length" }
                when LoopBounds.LoopOf(reference) is null:
                return (FieldUse.Looks, reference, null);

            case IConditionalAccessOperation access when access.Operation == current
                && access.WhenNotNull is IInvocationOperation { TargetMethod.Name: "Dispose" }
                    or IPropertyReferenceOperation { Property.Name: "IsCompleted" }
                && LoopBounds.LoopOf(reference) is null:
                return (FieldUse.Looks, reference, null);

            default:
                return (FieldUse.Joins, reference, null);
        }
    }

    private (FieldUse Use, IOperation Site, IInvocationOperation? Start) Of(IOperation site, IOperation value) =>
        StartIn(value) is { } start ? (FieldUse.Starts, site, start) : (FieldUse.Looks, site, null);

    private IInvocationOperation? StartIn(IOperation value) => value switch
    {
        IConversionOperation conversion => StartIn(conversion.Operand),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => StartIn(choice.WhenTrue) ?? StartIn(whenFalse),
        IArrayCreationOperation { Initializer.ElementValues: var elements } => FirstStart(elements),
        IObjectCreationOperation { Initializer.Initializers: var additions } => FirstStart(additions),
        IInvocationOperation { IsImplicit: true, Arguments: [var added] } => StartIn(added.Value),
        IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "ToList" or "ToArray" } } copy =>
            copy.Arguments is [{ Value: IInvocationOperation { TargetMethod.Name: "Select" } selection }, ..]
                ? StartOf(selection)
                : null,
        IInvocationOperation { Instance: { } instance } call
            when observing.Of(call.TargetMethod) == Observation.SameWork => StartIn(instance),
        IInvocationOperation call when awaitables.IsHot(call.Type) && _starts.Holds(call) => call,
        _ => null,
    };

    private IInvocationOperation? FirstStart(ImmutableArray<IOperation> values)
    {
        foreach (var value in values)
        {
            if (StartIn(value) is { } start)
            {
                return start;
            }
        }

        return null;
    }

    // `numbers.Select(n => WorkAsync(n)).ToArray()`: a worker for each.
    private IInvocationOperation? StartOf(IInvocationOperation selection)
    {
        foreach (var argument in selection.Arguments)
        {
            if (argument.Value is IDelegateCreationOperation
                {
                    Target: IAnonymousFunctionOperation
                    {
                        Body.Operations: [IReturnOperation { ReturnedValue: { } returned }],
                    },
                })
            {
                return StartIn(returned);
            }
        }

        return null;
    }

    // `_loop is { } loop`: from there on it goes under another name.
    private static bool NamesValue(IPatternOperation pattern)
    {
        foreach (var operation in pattern.DescendantsAndSelf())
        {
            if (operation is IDeclarationPatternOperation { DeclaredSymbol: not null }
                or IRecursivePatternOperation { DeclaredSymbol: not null })
            {
                return true;
            }
        }

        return false;
    }

    private bool IsList(ITypeSymbol type) =>
        type is IArrayTypeSymbol { ElementType: var element } && awaitables.IsHot(element)
        || (type is INamedTypeSymbol { TypeArguments: [var argument] } list
            && awaitables.IsHot(argument)
            && LocalUses.IsKnown(list)
            && list.Name != "Task");
}
