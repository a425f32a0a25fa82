using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Captures;

/// <summary>Finds the variables of others that a function reads and never writes.</summary>
/// <remarks>What it writes is shared on purpose, and so is what it hands on by reference.</remarks>
internal static class CapturedVariables
{
    public static IEnumerable<ISymbol> Of(IOperation function)
    {
        HashSet<ISymbol>? captured = null;
        HashSet<ISymbol>? shared = null;
        foreach (var operation in function.Descendants())
        {
            if (VariableOf(operation) is not { } variable || !IsOuter(variable, function))
            {
                continue;
            }

            if (IsWritten(operation) || IsWatched(operation))
            {
                (shared ??= new(SymbolEqualityComparer.Default)).Add(variable);
            }
            else
            {
                (captured ??= new(SymbolEqualityComparer.Default)).Add(variable);
            }
        }

        return captured is null ? []
            : shared is null ? captured
            : captured.Where(variable => !shared.Contains(variable));
    }

    /// <summary>The local or parameter that the operation names.</summary>
    public static ISymbol? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation { Local: { IsConst: false } local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        _ => null,
    };

    /// <summary>Whether the operation gives the variable a value.</summary>
    public static bool WrittenBy(IOperation operation, ISymbol variable) => operation switch
    {
        IDeconstructionAssignmentOperation { Target: var target } =>
            target.DescendantsAndSelf().Any(part => IsOf(part, variable)),
        IAssignmentOperation assignment => IsOf(assignment.Target, variable),
        IIncrementOrDecrementOperation increment => IsOf(increment.Target, variable),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsOf(argument.Value, variable),
        _ => false,
    };

    private static bool IsOf(IOperation operation, ISymbol variable) =>
        SymbolEqualityComparer.Default.Equals(VariableOf(operation), variable);

    private static bool IsWritten(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation or IAddressOfOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple =>
            deconstruction.Target == tuple,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } => true,
        _ => false,
    };

    // A flag that a loop within asks again and again: it is there to be changed.
    private static bool IsWatched(IOperation reference)
    {
        if (reference.Type?.SpecialType != SpecialType.System_Boolean)
        {
            return false;
        }

        for (var current = reference; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation or IBlockOperation:
                    return false;
                case IWhileLoopOperation loop:
                    return loop.Condition == current;
                case IForLoopOperation loop:
                    return loop.Condition == current;
            }
        }

        return false;
    }

    // Declared in the same member, outside of the function; a primary constructor's parameter is a field by now.
    private static bool IsOuter(ISymbol variable, IOperation function) =>
        variable.DeclaringSyntaxReferences is [var reference]
        && reference.GetSyntax() is var declaration
        && declaration.SyntaxTree == function.Syntax.SyntaxTree
        && !function.Syntax.Span.Contains(declaration.Span)
        && EnclosingMember.RootOf(function).Syntax.Span.Contains(declaration.Span);
}
