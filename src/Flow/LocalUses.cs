using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>What a function does with a local that holds tasks, as far as its mentions tell.</summary>
internal enum LocalUse
{
    /// <summary>Nothing that joins a task or lets somebody else do so.</summary>
    None,

    /// <summary>All of its tasks are awaited together.</summary>
    AwaitedTogether,

    /// <summary>Something else: rules stay silent.</summary>
    Other,
}

/// <summary>Looks at every mention of a local, in the whole member.</summary>
internal static class LocalUses
{
    public static LocalUse Of(ILocalSymbol local, IOperation within)
    {
        if (local.Type is INamedTypeSymbol { TypeKind: not TypeKind.Delegate } type && !IsKnown(type))
        {
            return LocalUse.Other;
        }

        var use = LocalUse.None;
        foreach (var reference in LocalMentions.Of(local, within))
        {
            if (IsNeutral(reference))
            {
                continue;
            }

            if (!IsAwaitedTogether(reference, followLocals: false))
            {
                return LocalUse.Other;
            }

            use = LocalUse.AwaitedTogether;
        }

        return use;
    }

    /// <summary>Whether the local holds a thread made here that is set up and started, and nothing else.</summary>
    public static bool IsOnlyStarted(ILocalReferenceOperation thread) =>
        LocalMentions.InitializerOf(thread.Local, thread) is IObjectCreationOperation
        && Of(thread.Local, thread) == LocalUse.None;

    /// <summary>Whether the sequence of tasks goes into <c>Task.WhenAll</c>, directly or through a local.</summary>
    public static bool IsAwaitedTogether(IOperation sequence) => IsAwaitedTogether(sequence, followLocals: true);

    private static bool IsAwaitedTogether(IOperation sequence, bool followLocals)
    {
        var current = sequence;
        while (current.Parent is { } parent)
        {
            switch (parent)
            {
                case IConversionOperation or ITranslatedQueryOperation:
                    break;
                case { Parent: { } list } when ListedValues.AreSpread(current):
                    parent = list;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    if (call.TargetMethod is { Name: "WhenAll", ContainingType.Name: "Task" })
                    {
                        return true;
                    }

                    if (!Copies(call))
                    {
                        return false;
                    }

                    parent = call;
                    break;
                case IInvocationOperation call when Copies(call):
                    break;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation kept } when followLocals:
                    return Of(kept.Symbol, kept) == LocalUse.AwaitedTogether;
                default:
                    return false;
            }

            current = parent;
        }

        return false;
    }

    private static bool Copies(IInvocationOperation call) =>
        call.TargetMethod.Name is "ToList" or "ToArray" or "AsEnumerable";

    // Only of the framework's own types do we know that adding to them, or asking for their size, joins nothing.
    public static bool IsKnown(INamedTypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() is { } name
        && (name.StartsWith("System.Collections", StringComparison.Ordinal)
            || name is "System.Threading.Tasks" or "System.Threading");

    private static bool IsNeutral(ILocalReferenceOperation reference) => reference.Parent switch
    {
        ISimpleAssignmentOperation assignment => assignment.Target == reference,
        IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element =>
            assignment.Target == element,
        IInvocationOperation
        {
            TargetMethod.Name: "Add" or "Enqueue" or "Push" or "Clear" or "Start" or "UnsafeStart",
        } call => call.Instance == reference,
        IPropertyReferenceOperation
        {
            Property.Name: "Count" or "Length" or "Capacity" or "IsBackground" or "Name" or "Priority",
        } => true,
        _ => false,
    };
}
