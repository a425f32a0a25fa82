using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Lifetimes;

/// <summary>Lists the locals of a member that one of its lambdas or local functions captures.</summary>
internal static class CapturedLocals
{
    private static readonly ConditionalWeakTable<IOperation, Lazy<HashSet<ILocalSymbol>>> ByRoot = new();

    public static HashSet<ILocalSymbol> Of(IOperation operation) =>
        ByRoot.GetValue(EnclosingMember.RootOf(operation), static root => new(() => Find(root))).Value;

    private static HashSet<ILocalSymbol> Find(IOperation root)
    {
        var captured = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        foreach (var function in root.Descendants())
        {
            if (function is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            {
                continue;
            }

            foreach (var operation in function.Descendants())
            {
                if (operation is ILocalReferenceOperation { Local: var local } && !IsDeclaredIn(local, function))
                {
                    captured.Add(local);
                }
            }
        }

        return captured;
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
