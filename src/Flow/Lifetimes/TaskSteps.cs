using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides what a mention of a local does with the task, or the tasks, that it holds.</summary>
internal sealed class TaskSteps(Awaitables awaitables) : ILocalSteps
{
    public bool Track(ITypeSymbol type) =>
        awaitables.IsHot(type)
        || type is IArrayTypeSymbol { ElementType: var element } && awaitables.IsHot(element)
        || type is INamedTypeSymbol { TypeArguments: [var argument] } && awaitables.IsHot(argument)
            && LocalUses.IsKnown((INamedTypeSymbol)type);

    public LocalStep? Of(ILocalReferenceOperation reference)
    {
        var current = reference.WithConversions();
        return current.Parent switch
        {
            INameOfOperation or IIsNullOperation => null,
            ISimpleAssignmentOperation assignment when assignment.Target == current => null,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when NullTests.IsNull(comparison.LeftOperand) || NullTests.IsNull(comparison.RightOperand) => null,
            IIsPatternOperation { Pattern: var pattern } when NullTests.Of(pattern) is not null => null,
            IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "Capacity" or "Id" } => null,
            IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue" or "Push" } call
                when call.Instance == current => LocalStep.Added,
            IInvocationOperation { TargetMethod.Name: "Clear" } call when call.Instance == current =>
                LocalStep.Assigned,
            IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element
                when assignment.Target == element => LocalStep.Added,
            _ => LocalStep.Touched,
        };
    }
}
