namespace ScopedTasks.Analyzers.Operations;

/// <summary>Finds the whole code of the member that an operation stands in, past all functions within it.</summary>
internal static class EnclosingMember
{
    /// <summary>The outermost operation around.</summary>
    public static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
