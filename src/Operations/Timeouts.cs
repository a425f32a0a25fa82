namespace ScopedTasks.Analyzers.Operations;

/// <summary>Decides whether a call that can wait was told to wait for no time at all.</summary>
internal static class Timeouts
{
    public static bool IsZero(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && IsTimeout(parameter) && IsZero(argument.Value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the parameter says how long to wait.</summary>
    public static bool IsTimeout(IParameterSymbol parameter) => parameter.Type.Name switch
    {
        "TimeSpan" => true,
        "Int32" or "Int64" =>
            parameter.Name.StartsWith("milliseconds", StringComparison.OrdinalIgnoreCase)
            || parameter.Name.IndexOf("timeout", StringComparison.OrdinalIgnoreCase) >= 0,
        _ => false,
    };

    /// <summary>Whether the value is no time: 0, <c>TimeSpan.Zero</c>, <c>default</c>.</summary>
    public static bool IsZero(IOperation value) => value switch
    {
        IConversionOperation conversion => IsZero(conversion.Operand),
        IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } } => true,
        IDefaultValueOperation { Type.Name: "TimeSpan" } => true,
        IInvocationOperation { TargetMethod.ContainingType.Name: "TimeSpan" } call => AreZero(call.Arguments),
        IObjectCreationOperation { Type.Name: "TimeSpan" } creation => AreZero(creation.Arguments),
        { ConstantValue: { HasValue: true, Value: 0 or 0L or 0d } } => true,
        _ => false,
    };

    /// <summary>Whether the value is a time that never ends.</summary>
    public static bool IsInfinite(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: -1 } } => true,
        IFieldReferenceOperation { Field: { Name: "InfiniteTimeSpan", ContainingType.Name: "Timeout" } } => true,
        _ => false,
    };

    private static bool AreZero(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (!IsZero(argument.Value))
            {
                return false;
            }
        }

        return true;
    }
}
