namespace ScopedTasks.Analyzers.Flow.Fates;

/// <summary>Decides whether a <c>ContinueWith</c> sees how its antecedent ended, so that no failure is lost.</summary>
internal static class Continuations
{
    private const int NotOnRanToCompletion = 0x10000;
    private const int NotOnFaulted = 0x20000;

    public static bool LooksAtFailure(IInvocationOperation continueWith)
    {
        var continuation = continueWith.TargetMethod.IsExtensionMethod ? 1 : 0;
        foreach (var argument in continueWith.Arguments)
        {
            var value = argument.Value;
            if (value is IConversionOperation conversion)
            {
                value = conversion.Operand;
            }

            if (value.Type?.Name == "TaskContinuationOptions" && argument.ArgumentKind != ArgumentKind.DefaultValue)
            {
                if (value.ConstantValue is not { HasValue: true, Value: int options }
                    || (options & (NotOnRanToCompletion | NotOnFaulted)) == NotOnRanToCompletion)
                {
                    return true;
                }
            }
            else if (argument.Parameter?.Ordinal == continuation && !IsBlindLambda(value))
            {
                return true;
            }
        }

        return false;
    }

    // Of a method group or a delegate from elsewhere we cannot see what it does with its antecedent: silence.
    private static bool IsBlindLambda(IOperation continuation)
    {
        if (continuation is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }
            || lambda.Symbol.Parameters.IsEmpty)
        {
            return false;
        }

        var antecedent = lambda.Symbol.Parameters[0];
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is IParameterReferenceOperation reference
                && SymbolEqualityComparer.Default.Equals(reference.Parameter, antecedent)
                && !IsResult(reference))
            {
                return false;
            }
        }

        return true;
    }

    // Reading the result throws inside the continuation: the failure moves on, and is lost with the continuation.
    private static bool IsResult(IParameterReferenceOperation antecedent) =>
        antecedent.Parent is IPropertyReferenceOperation { Property.Name: "Result" } result && !IsGuarded(result);

    private static bool IsGuarded(IOperation operation)
    {
        var current = operation.Parent;
        for (; current is not (null or IAnonymousFunctionOperation); current = current.Parent)
        {
            if (current is ITryOperation { Catches.IsEmpty: false })
            {
                return true;
            }
        }

        return false;
    }
}
