using ScopedTasks.Analyzers.Flow.Values;

namespace ScopedTasks.Analyzers.Flow.Waits;

/// <summary>Decides whether code blocks because a flag asks for it: it serves synchronous callers too.</summary>
internal static class SynchronousBranches
{
    // What such flags are called: `async ? await ReadAsync() : ReadAsync().GetAwaiter().GetResult()`.
    private static readonly HashSet<string> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        "async", "isAsync", "useAsync", "runAsync", "asynchronous", "isAsynchronous", "asynchronously",
        "sync", "isSync", "useSync", "runSync", "synchronous", "isSynchronous", "synchronously", "runSynchronously",
    };

    public static bool Hold(IOperation operation)
    {
        var current = operation;
        while (current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            switch (parent)
            {
                case IConditionalOperation choice when choice.Condition != current && AsksForFlag(choice.Condition):
                case IBlockOperation block when IsAfterChoice(block, current):
                    return true;
            }

            current = parent;
        }

        return false;
    }

    // `if (async) { await ReadAsync(); return; }`, and then the synchronous way.
    private static bool IsAfterChoice(IBlockOperation block, IOperation current)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == current)
            {
                return false;
            }

            if (statement is IConditionalOperation choice && AsksForFlag(choice.Condition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AsksForFlag(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (operation.Type?.SpecialType == SpecialType.System_Boolean
                && TaskOrigins.SymbolOf(operation) is { } flag
                && Flags.Contains(flag.Name.TrimStart('_')))
            {
                return true;
            }
        }

        return false;
    }
}
