using Microsoft.CodeAnalysis.FlowAnalysis;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>What is known where a task starts, so that a later condition cannot have gone the other way.</summary>
internal sealed class PathFacts
{
    private readonly Dictionary<string, bool> _conditions = new(StringComparer.Ordinal);
    private readonly ILocalSymbol _holder;

    private readonly bool _hasLost;
    private readonly ILocalSymbol? _winner;

    private PathFacts(ILocalSymbol holder, bool hasLost = false, ILocalSymbol? winner = null)
    {
        _holder = holder;
        _hasLost = hasLost;
        _winner = winner;
    }

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

    /// <summary>What is known after a race that the task has lost: to the other local, if there is one.</summary>
    public static PathFacts AfterLosing(ILocalSymbol holder, ILocalSymbol? winner) =>
        new(holder, hasLost: true, winner);

    /// <summary>Whether a mention of the task only asks whether it has won.</summary>
    public bool AreAskedBy(IOperation mention)
    {
        if (!_hasLost)
        {
            return false;
        }

        return mention.WithConversions().Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } => true,
            IPropertyReferenceOperation { Property.Name: var name } => ObservingApis.TellsStatus(name),
            _ => false,
        };
    }

    /// <summary>Which way a condition goes on every path from the start; null where it may go either way.</summary>
    public bool? Decide(IOperation condition) => condition switch
    {
        { ConstantValue: { HasValue: true, Value: bool always } } => always,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => !Decide(not.Operand),
        IIsNullOperation { Operand: var tested } when IsHolder(tested) => false,
        IIsPatternOperation test when IsHolder(test.Value) => NullTests.Of(test.Pattern),
        IBinaryOperation comparison when DecideComparison(comparison) is { } decided => decided,
        IBinaryOperation comparison when _hasLost && DecideWinner(comparison) is { } decided => decided,
        IPropertyReferenceOperation { Instance: { } asked } when _hasLost && IsHolder(asked) => false,
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

    private bool? DecideWinner(IBinaryOperation comparison)
    {
        bool? isWinner = IsHolder(comparison.LeftOperand) || IsHolder(comparison.RightOperand) ? false
            : Is(comparison.LeftOperand, _winner) || Is(comparison.RightOperand, _winner) ? true
            : null;
        return comparison.OperatorKind switch
        {
            BinaryOperatorKind.Equals => isWinner,
            BinaryOperatorKind.NotEquals => !isWinner,
            _ => null,
        };
    }

    private bool IsHolder(IOperation operation) => Is(operation, _holder);

    private static bool Is(IOperation operation, ILocalSymbol? local) =>
        operation.WithoutConversions() is ILocalReferenceOperation reference
        && SymbolEqualityComparer.Default.Equals(reference.Local, local);

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
