using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.TaskGroups;

/// <summary>What is seen of a group's limit.</summary>
internal enum GroupLimit
{
    /// <summary>The group was opened elsewhere, or with options from elsewhere.</summary>
    Unknown,

    /// <summary>The group was opened without a limit.</summary>
    None,

    /// <summary>The group was opened with a limit.</summary>
    Set,
}

/// <summary>Decides what is known of the task group that a call spawns into.</summary>
internal static class Groups
{
    /// <summary>Whether the group was visibly opened without a limit; a group from elsewhere may have one.</summary>
    public static bool HasNoLimit(IInvocationOperation spawn) => LimitOf(OpeningOf(spawn.Instance)) == GroupLimit.None;

    /// <summary>What the call that opens a group says of its limit.</summary>
    public static GroupLimit LimitOf(IInvocationOperation? opening)
    {
        if (opening?.TargetMethod is not { Name: "RunAsync" or "Open", ContainingType.Name: "TaskGroup" })
        {
            return GroupLimit.Unknown;
        }

        foreach (var argument in opening.Arguments)
        {
            if (argument is { ArgumentKind: not ArgumentKind.DefaultValue, Parameter.Type.Name: "TaskGroupOptions" })
            {
                return LimitIn(argument.Value);
            }
        }

        return GroupLimit.None;
    }

    private static IInvocationOperation? OpeningOf(IOperation? group) => group switch
    {
        IParameterReferenceOperation parameter => OpeningOf(parameter),
        ILocalReferenceOperation local => LocalMentions.InitializerOf(local.Local, local) as IInvocationOperation,
        _ => null,
    };

    private static IInvocationOperation? OpeningOf(IParameterReferenceOperation parameter)
    {
        for (var current = parameter.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation lambda
                && SymbolEqualityComparer.Default.Equals(lambda.Symbol, parameter.Parameter.ContainingSymbol))
            {
                return (lambda.Parent?.Parent as IArgumentOperation)?.Parent as IInvocationOperation;
            }
        }

        return null;
    }

    private static GroupLimit LimitIn(IOperation options) => options switch
    {
        IPropertyReferenceOperation { Instance: null } or IFieldReferenceOperation { Instance: null } =>
            options.Type?.Name == "TaskGroupOptions" ? GroupLimit.None : GroupLimit.Unknown,
        IObjectCreationOperation { Initializer: { } initializer } when initializer.Initializers.Any(
            static setting => setting is ISimpleAssignmentOperation
            {
                Target: IPropertyReferenceOperation { Property.Name: "MaxConcurrency" },
            }) => GroupLimit.Set,
        IObjectCreationOperation => GroupLimit.None,
        _ => GroupLimit.Unknown,
    };
}
