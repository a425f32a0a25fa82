using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>What is known where a task starts, so that a later condition cannot have gone the other way.</summary>
internal sealed class PathFacts
{
    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);
    private readonly ILocalSymbol _holder;

    private PathFacts(ILocalSymbol holder) => _holder = holder;

    public static PathFacts At(IOperation start, ILocalSymbol holder)
    {
        var facts = new PathFacts(holder);
        var current = start;
        while (current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            switch (parent)
            {
                case IConditionalOperation choice when choice.Condition != current:
                    facts.Add(choice.Condition, choice.WhenTrue == current);
                    break;
                case IBlockOperation block:
                    facts.AddFlags(block);
                    break;
            }

            current = parent;
        }

        return facts;
    }

    /// <summary>Which way a condition goes on every path from the start; null where it may go either way.</summary>
    public bool? Decide(IOperation condition) => condition switch
    {
        { ConstantValue: { HasValue: true, Value: bool always } } => always,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => !Decide(not.Operand),
        IIsNullOperation { Operand: var tested } when IsHolder(tested) => false,
        IIsPatternOperation test when IsHolder(test.Value) => NullTests.Of(test.Pattern),
        IBinaryOperation comparison when DecideComparison(comparison) is { } decided => decided,
        _ => _conditions.TryGetValue(TextOf(condition), out var known) ? known : null,
    };

    private bool? DecideComparison(IBinaryOperation comparison)
    {
        var (left, right) = (comparison.LeftOperand, comparison.RightOperand);
        if (IsHolder(left) && NullTests.IsNull(right) || IsHolder(right) && NullTests.IsNull(left))
        {
            return comparison.OperatorKind switch
            {
                BinaryOperatorKind.Equals => false,
                BinaryOperatorKind.NotEquals => true,
                _ => null,
            };
        }

        // There is one in it by now: `if (tasks.Count > 0) await Task.WhenAll(tasks);`.
        return left is IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } counted }
            && IsHolder(counted) && right.ConstantValue is { HasValue: true, Value: 0 }
            ? comparison.OperatorKind switch
            {
                BinaryOperatorKind.Equals => false,
                BinaryOperatorKind.NotEquals or BinaryOperatorKind.GreaterThan => true,
                _ => null,
            }
            : null;
    }

    private bool IsHolder(IOperation operation) =>
        operation.WithoutConversions() is ILocalReferenceOperation reference
        && SymbolEqualityComparer.Default.Equals(reference.Local, _holder);

    private void Add(IOperation condition, bool holds)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                Add(not.Operand, !holds);
                break;
            case IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr,
            } both when holds == (both.OperatorKind == BinaryOperatorKind.ConditionalAnd):
                Add(both.LeftOperand, holds);
                Add(both.RightOperand, holds);
                break;
        }

        _conditions[TextOf(condition)] = holds;
    }

    // `isRunning = true;` beside the start: a flag that says later whether there is something to join.
    private void AddFlags(IBlockOperation block)
    {
        foreach (var statement in block.Operations)
        {
            if (statement is IExpressionStatementOperation
                {
                    Operation: ISimpleAssignmentOperation
                    {
                        Value.ConstantValue: { HasValue: true, Value: bool } value,
                    } flag,
                })
            {
                var text = TextOf(flag.Target);
                if (!_conditions.ContainsKey(text))
                {
                    _conditions.Add(text, (bool)value.Value!);
                }
            }
        }
    }

    private static string TextOf(IOperation operation) => operation.Syntax.WithoutTrivia().ToString();
}
