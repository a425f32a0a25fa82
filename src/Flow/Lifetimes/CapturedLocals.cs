using ScopedTasks.Analyzers.Flow.Captures;
using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides whether a lambda or local function captures a local of its member.</summary>
internal static class CapturedLocals
{
    public static bool Contain(ILocalSymbol local, IOperation within)
    {
        foreach (var mention in LocalMentions.Of(local, within))
        {
            if (FunctionStarts.FunctionAround(mention) is { } function && !LocalMentions.IsDeclaredIn(local, function))
            {
                return true;
            }
        }

        return false;
    }
}
