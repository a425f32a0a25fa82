using ScopedTasks.Analyzers.Flow.Lifetimes;
using ScopedTasks.Analyzers.Flow.Values;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Nulls;

/// <summary>Decides whether what stands before a <c>?.</c> may be null there.</summary>
internal static class NullReceivers
{
    /// <summary>Whether another <c>?.</c> stands before it, which answers for the whole.</summary>
    public static bool IsPart(IConditionalAccessOperation access) =>
        access.Parent is IConditionalAccessOperation outer && outer.WhenNotNull == access;

    /// <summary>The first receiver of the chain that may be null; null where none may.</summary>
    public static IOperation? Of(IConditionalAccessOperation access, CancellationToken cancellationToken)
    {
        for (var current = access; current is not null; current = current.WhenNotNull as IConditionalAccessOperation)
        {
            if (!IsNotNull(current.Operation, cancellationToken) && !IsTested(current.Operation))
            {
                return current.Operation;
            }
        }

        return null;
    }

    /// <summary>The name of what is called at the chain's end.</summary>
    public static string CallOf(IConditionalAccessOperation access)
    {
        var called = access.WhenNotNull;
        while (called is IConditionalAccessOperation inner)
        {
            called = inner.WhenNotNull;
        }

        return called switch
        {
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } } =>
                access.Operation.Syntax.ToString(),
            IInvocationOperation call => call.TargetMethod.Name,
            IMemberReferenceOperation member => member.Member.Name,
            _ => access.Syntax.ToString(),
        };
    }

    /// <summary>Whether the compiler knows that it is not null there.</summary>
    public static bool IsNotNull(IOperation operation, CancellationToken cancellationToken) =>
        operation is IInstanceReferenceOperation or IObjectCreationOperation
        || operation.SemanticModel?.GetTypeInfo(operation.Syntax, cancellationToken).Nullability.FlowState
            == NullableFlowState.NotNull;

    // Where the compiler does not follow null, what is asked around the place, or before it on the way out, counts.
    private static bool IsTested(IOperation receiver)
    {
        if (TaskOrigins.SymbolOf(receiver) is not { } symbol)
        {
            return false;
        }

        var current = receiver;
        while (current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            switch (parent)
            {
                case IConditionalOperation choice when choice.Condition != current && Tests(choice.Condition, symbol):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both
                    when both.RightOperand == current && Tests(both.LeftOperand, symbol):
                case IBlockOperation block when HasGuard(block, current, symbol):
                    return true;
            }

            current = parent;
        }

        return false;
    }

    private static bool HasGuard(IBlockOperation block, IOperation before, ISymbol symbol)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == before)
            {
                return false;
            }

            if (statement is IConditionalOperation { WhenFalse: null } guard
                && Leaves(guard.WhenTrue)
                && Tests(guard.Condition, symbol))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    private static bool Tests(IOperation condition, ISymbol symbol)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            var tested = operation switch
            {
                IBinaryOperation comparison when NullTests.IsNull(comparison.RightOperand) => comparison.LeftOperand,
                IBinaryOperation comparison when NullTests.IsNull(comparison.LeftOperand) => comparison.RightOperand,
                IIsPatternOperation test => test.Value,
                _ => null,
            };
            if (tested is not null
                && SymbolEqualityComparer.Default.Equals(TaskOrigins.SymbolOf(tested.WithoutConversions()), symbol))
            {
                return true;
            }
        }

        return false;
    }
}
