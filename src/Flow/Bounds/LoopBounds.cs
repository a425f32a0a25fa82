using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Operations;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Bounds;

/// <summary>Decides whether a loop or a sequence bounds the work that is started for each of its elements.</summary>
/// <remarks>Where something merely looks like a bound, it counts as one: rules prefer silence.</remarks>
internal static class LoopBounds
{
    /// <summary>So many starts at once are nothing to worry about.</summary>
    private const int Small = 64;

    private const int MaxDepth = 16;

    /// <summary>The loop around a call that nothing bounds there.</summary>
    public static ILoopOperation? UnboundedLoopOf(IInvocationOperation call) =>
        LoopOf(call) is { } loop && !IsBounded(loop, call) ? loop : null;

    /// <summary>The innermost loop of the same function whose every iteration evaluates the operation.</summary>
    public static ILoopOperation? LoopOf(IOperation start)
    {
        var current = start;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return null;
                case IForLoopOperation loop when !loop.Before.Contains(current):
                    return loop;
                case IForEachLoopOperation loop when loop.Collection != current:
                    return loop;
                case IWhileLoopOperation loop:
                    return loop;
            }

            current = parent;
        }

        return null;
    }

    /// <summary>Whether the loop goes on until somebody stops it: <c>while (true)</c>, accepts, readers.</summary>
    public static bool IsEndless(ILoopOperation loop) => loop switch
    {
        IForLoopOperation or IWhileLoopOperation => NeverEnds(loop) || Accepts(loop),
        IForEachLoopOperation each => ReadsEndlessly(each.Collection),
        _ => false,
    };

    /// <summary>Whether the loop's own head never ends it, but for a token.</summary>
    public static bool NeverEnds(ILoopOperation loop) => loop switch
    {
        IForLoopOperation { Condition: var condition } => condition is null || IsEndlessCondition(condition),
        IWhileLoopOperation { Condition: { } condition } => IsEndlessCondition(condition),
        _ => false,
    };

    /// <summary>Whether something bounds how many starts the loop makes, or how many of them run at once.</summary>
    public static bool IsBounded(ILoopOperation loop, IOperation start) =>
        IsSmallPool(loop) || RunsOnce(start, loop) || LooksThrottled(loop);

    /// <summary>Whether the loop is left after the start, or starts under a condition that this changes.</summary>
    public static bool RunsOnce(IOperation start, ILoopOperation loop) =>
        Leaves(start, loop) || StartsOnce(start, loop);

    /// <summary>Whether the sequence is known to be short, or to come in parts.</summary>
    public static bool IsSmall(IOperation sequence) => IsSmall(sequence, MaxDepth);

    /// <summary>Whether anything in the loop reads like a bound.</summary>
    private static bool LooksThrottled(ILoopOperation loop)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is IInvocationOperation call && SpawningApis.LooksLikeBound(call.TargetMethod.Name))
            {
                return true;
            }
        }

        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is IBinaryOperation comparison && ComparesCount(comparison))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether code in the operation waits for room: a permit, a lock.</summary>
    public static bool Waits(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: var name } && SpawningApis.LooksLikeWait(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEndlessCondition(IOperation condition)
    {
        if (condition.ConstantValue is { HasValue: true, Value: true })
        {
            return true;
        }

        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" }:
                case IInvocationOperation { TargetMethod.Name: var name } when EndlessApis.LooksLikeNext(name):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the loop takes connections, of whatever type they are.</summary>
    public static bool Accepts(ILoopOperation loop)
    {
        foreach (var operation in loop.Body.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: var name } && EndlessApis.LooksLikeAccept(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the sequence goes on until somebody completes it: a queue, a channel.</summary>
    public static bool ReadsEndlessly(IOperation collection)
    {
        foreach (var operation in collection.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: var name } && EndlessApis.LooksLikeReader(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSmallPool(ILoopOperation loop) => loop switch
    {
        IForEachLoopOperation each => IsSmall(each.Collection, MaxDepth),
        IForLoopOperation { Condition: { } condition } => IsSmallCount(condition, loop),
        IWhileLoopOperation { Condition: { } condition } => IsSmallCount(condition, loop),
        _ => false,
    };

    // 'i < n' counts to an integer: the size of a pool. 'i < items.Count' walks over as many as there are.
    private static bool IsSmallCount(IOperation condition, ILoopOperation loop)
    {
        if (condition is not IBinaryOperation binary)
        {
            return false;
        }

        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.ConditionalAnd:
                return IsSmallCount(binary.LeftOperand, loop) || IsSmallCount(binary.RightOperand, loop);
            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual:
                return IsSmallLimit(binary.LeftOperand, binary.RightOperand, loop);
            case BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                return IsSmallLimit(binary.RightOperand, binary.LeftOperand, loop);
            default:
                return false;
        }
    }

    private static bool IsSmallLimit(IOperation lower, IOperation upper, ILoopOperation loop)
    {
        if (upper.Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64
            or SpecialType.System_Int16 or SpecialType.System_Byte or SpecialType.System_UInt32))
        {
            return false;
        }

        if (upper is ILocalReferenceOperation counter && loop is IForLoopOperation { Locals: var locals }
            && locals.Contains(counter.Local))
        {
            return LocalMentions.InitializerOf(counter.Local, loop) is { } first && IsSmallNumber(first, MaxDepth);
        }

        return lower.ConstantValue.HasValue ? false : IsSmallNumber(upper, MaxDepth);
    }

    private static bool IsSmallNumber(IOperation number, int depth)
    {
        if (number.ConstantValue is { HasValue: true, Value: { } constant })
        {
            return constant is not int count || count <= Small;
        }

        foreach (var operation in number.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IPropertyReferenceOperation { Property.Name: "Count" or "Length" or "LongLength" }:
                case IInvocationOperation { TargetMethod.Name: "Count" or "LongCount" or "GetLength" }:
                case ILocalReferenceOperation local
                    when depth > 0 && LocalMentions.InitializerOf(local.Local, local) is { } value
                    && value != number
                    && !IsSmallNumber(value, depth - 1):
                    return false;
            }
        }

        return true;
    }

    private static bool IsSmall(IOperation sequence, int depth)
    {
        if (depth == 0)
        {
            return true;
        }

        switch (sequence)
        {
            case IConversionOperation conversion:
                return IsSmall(conversion.Operand, depth - 1);
            case ITranslatedQueryOperation query:
                return IsSmall(query.Operation, depth - 1);
            case IArrayCreationOperation { Initializer: { } initializer }:
                return initializer.ElementValues.Length <= Small;
            case IArrayCreationOperation { DimensionSizes.Length: 1 } array:
                return IsSmallNumber(array.DimensionSizes[0], depth - 1);
            case IObjectCreationOperation { Initializer.Initializers: { Length: > 0 and <= Small } }:
                return true;
            case IInvocationOperation call:
                return IsSmall(call, depth);
            case ILocalReferenceOperation local:
                return IsSmall(local, depth);
            case IFieldReferenceOperation field:
                return IsSmallInitializer(field.Field);
            case IParameterReferenceOperation { Parameter.IsParams: true }:
                return true;
            default:
                return IsSmallLiteral(sequence.Syntax);
        }
    }

    private static bool IsSmall(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        if (SpawningApis.LooksLikeBound(method.Name) || method is { Name: "GetValues", ContainingType.Name: "Enum" })
        {
            return true;
        }

        if (method is { Name: "Range" or "Repeat", ContainingType.Name: "Enumerable" } && call.Arguments.Length == 2)
        {
            return IsSmallNumber(call.Arguments[1].Value, depth - 1);
        }

        var source = call.Instance;
        if (method.IsExtensionMethod && call.Arguments.Length > 0)
        {
            source = call.Arguments[0].Value;
        }

        return source is not null && IsSequence(source.Type) && IsSmall(source, depth - 1);
    }

    private static bool IsSmall(ILocalReferenceOperation reference, int depth) =>
        LocalMentions.DeclarationOf(reference.Local, reference) switch
        {
            // A part of a bigger sequence that was cut up.
            IForEachLoopOperation loop => loop.Collection.DescendantsAndSelf().Any(
                static part => part is IInvocationOperation { TargetMethod.Name: "Chunk" or "Batch" or "Buffer" }),
            IVariableDeclaratorOperation declarator =>
                declarator.GetVariableInitializer()?.Value is { } value && IsSmall(value, depth - 1),
            _ => false,
        };

    private static bool IsSmallInitializer(IFieldSymbol field)
    {
        if (!field.IsReadOnly || field.DeclaringSyntaxReferences.IsEmpty)
        {
            return false;
        }

        var declaration = field.DeclaringSyntaxReferences[0].GetSyntax();
        return declaration is VariableDeclaratorSyntax { Initializer.Value: { } value } && IsSmallLiteral(value);
    }

    private static bool IsSmallLiteral(SyntaxNode value)
    {
        var initializer = value switch
        {
            InitializerExpressionSyntax elements => elements,
            ArrayCreationExpressionSyntax array => array.Initializer,
            ImplicitArrayCreationExpressionSyntax array => array.Initializer,
            BaseObjectCreationExpressionSyntax creation => creation.Initializer,
            _ => null,
        };

        if (initializer is not null)
        {
            return initializer.Expressions.Count is > 0 and <= Small;
        }

        if (!ListedValues.IsCollectionExpression(value))
        {
            return false;
        }

        var count = 0;
        foreach (var element in value.ChildNodes())
        {
            if (ListedValues.IsSpread(element) || ++count > Small)
            {
                return false;
            }
        }

        return count > 0;
    }

    private static bool IsSequence(ITypeSymbol? type) =>
        type is IArrayTypeSymbol
        || type?.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T
        || type is INamedTypeSymbol named && named.AllInterfaces.Any(
            static implemented => implemented.SpecialType == SpecialType.System_Collections_IEnumerable);

    // A comparison with the size of a collection, or with a counter that threads share, reads like a capacity check.
    private static bool ComparesCount(IBinaryOperation comparison) =>
        comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
            or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals
        && (IsCapacity(comparison.LeftOperand) || IsCapacity(comparison.RightOperand));

    private static bool IsCapacity(IOperation operand) => operand switch
    {
        IConversionOperation conversion => IsCapacity(conversion.Operand),
        IPropertyReferenceOperation { Property.Name: "Count", Instance: { } counted } =>
            counted is ILocalReferenceOperation or IFieldReferenceOperation or IParameterReferenceOperation,
        IInvocationOperation { TargetMethod.ContainingType.Name: "Interlocked" or "Volatile" } => true,
        _ => false,
    };

    /// <summary>Whether the loop is left right after the start: it happens once.</summary>
    private static bool Leaves(IOperation start, ILoopOperation loop)
    {
        IOperation current = start;
        while (current.Parent is { } parent && current != loop)
        {
            if (parent is IBlockOperation or ISwitchCaseOperation && LeavesAfter(current, parent, loop))
            {
                return true;
            }

            current = parent;
        }

        return false;
    }

    private static bool LeavesAfter(IOperation statement, IOperation block, ILoopOperation loop)
    {
        var passed = false;
        foreach (var sibling in block.ChildOperations)
        {
            if (passed && IsExit(sibling, loop))
            {
                return true;
            }

            passed |= sibling == statement;
        }

        return false;
    }

    private static bool IsExit(IOperation statement, ILoopOperation loop) => statement switch
    {
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } => true,
        IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation => true,
        IBranchOperation { BranchKind: BranchKind.GoTo } => true,
        IBranchOperation { BranchKind: BranchKind.Break, Target: var target } =>
            SymbolEqualityComparer.Default.Equals(target, loop.ExitLabel),
        _ => false,
    };

    /// <summary>Whether the start stands under a condition that its branch makes false: <c>if (!started)</c>.</summary>
    private static bool StartsOnce(IOperation start, ILoopOperation loop)
    {
        for (var current = start; current.Parent is { } parent && current != loop; current = parent)
        {
            if (parent is IConditionalOperation { Condition: { } condition } choice && choice.WhenTrue == current
                && Assigns(current, condition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Assigns(IOperation branch, IOperation condition)
    {
        foreach (var operation in branch.Descendants())
        {
            if (operation is IAssignmentOperation assignment && SymbolOf(assignment.Target) is { } written
                && condition.DescendantsAndSelf().Any(
                    read => SymbolEqualityComparer.Default.Equals(SymbolOf(read), written)))
            {
                return true;
            }
        }

        return false;
    }

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => member.Member,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
