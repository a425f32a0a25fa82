using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Decides whether a lambda or local function captures a local of its member.</summary>
internal static class CapturedLocals
{
    public static bool Contain(ILocalSymbol local, IOperation within)
    {
        foreach (var mention in LocalMentions.Of(local, within))
        {
            if (FunctionStarts.FunctionAround(mention) is { } function && !IsDeclaredIn(local, function))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDeclaredIn(ILocalSymbol local, IOperation function)
    {
        foreach (var declaration in local.DeclaringSyntaxReferences)
        {
            if (function.Syntax.Span.Contains(declaration.Span))
            {
                return true;
            }
        }

        return false;
    }
}
