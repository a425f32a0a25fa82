namespace ScopedTasks.Analyzers.Operations;

/// <summary>Lists what a function does itself: nothing of the lambdas and local functions within it.</summary>
internal static class OwnOperations
{
    /// <summary>The operations in the order of the code, without the one that is asked.</summary>
    public static IEnumerable<IOperation> OwnDescendants(this IOperation operation)
    {
        var open = new Stack<IOperation.OperationList.Enumerator>();
        open.Push(operation.ChildOperations.GetEnumerator());
        while (open.Count > 0)
        {
            var siblings = open.Pop();
            if (!siblings.MoveNext())
            {
                continue;
            }

            var current = siblings.Current;
            open.Push(siblings);
            if (current is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            {
                yield return current;
                open.Push(current.ChildOperations.GetEnumerator());
            }
        }
    }
}
