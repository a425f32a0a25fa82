using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Twins;

/// <summary>Decides whether a function asks its sockets only once they are ready: then they hold no thread.</summary>
internal static class ReadySockets
{
    /// <summary>Whether a socket is asked in a function that waits for sockets, or makes them not block.</summary>
    public static bool AreAskedBy(IInvocationOperation call)
    {
        if (call.TargetMethod.ContainingType.Name != "Socket")
        {
            return false;
        }

        foreach (var operation in EnclosingFunction.Of(call, containingSymbol: null).Root.Descendants())
        {
            if (operation is IInvocationOperation
                {
                    TargetMethod:
                    {
                        Name: "WaitReadableAsync" or "WaitWritableAsync",
                        ContainingType.Name: "EventLoop",
                    },
                }
                or ISimpleAssignmentOperation
                {
                    Target: IPropertyReferenceOperation
                    {
                        Property: { Name: "Blocking", ContainingType.Name: "Socket" },
                    },
                    Value.ConstantValue: { HasValue: true, Value: false },
                })
            {
                return true;
            }
        }

        return false;
    }
}
