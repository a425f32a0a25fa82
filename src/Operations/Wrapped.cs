namespace ScopedTasks.Analyzers.Operations;

/// <summary>Finds what an expression stands for, without what the compiler or a style wraps around it.</summary>
internal static class Wrapped
{
    /// <summary>The value before it is converted.</summary>
    public static IOperation WithoutConversions(this IOperation operation)
    {
        while (operation is IConversionOperation conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    /// <summary>The value after it was converted: what stands where it is used.</summary>
    public static IOperation WithConversions(this IOperation operation)
    {
        while (operation.Parent is IConversionOperation conversion)
        {
            operation = conversion;
        }

        return operation;
    }

    /// <summary>What is awaited in place of the value, as in <c>await value.ConfigureAwait(false)</c>.</summary>
    public static IOperation WithConfiguration(this IOperation value)
    {
        while (value.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured)
        {
            value = configured;
        }

        return value;
    }

    /// <summary>The task of <c>await task.ConfigureAwait(false)</c>.</summary>
    public static IOperation WithoutConfiguration(this IOperation awaited)
    {
        while (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner })
        {
            awaited = inner;
        }

        return awaited;
    }
}
