using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow;

/// <summary>Decides whether a sequence that blocks is walked here: handing it on blocks nobody.</summary>
internal static class SequenceUses
{
    public static bool AreHere(IOperation sequence)
    {
        var current = sequence;
        while (true)
        {
            switch (current.Parent)
            {
                case IConversionOperation or IConditionalAccessOperation or IParenthesizedOperation:
                    current = current.Parent;
                    break;

                case IForEachLoopOperation loop:
                    return loop.Collection == current;

                // What a query over it gives is walked, or is a sequence again.
                case IArgumentOperation { Parent: IInvocationOperation query } when IsOfLinq(query.TargetMethod):
                    if (query.Type?.OriginalDefinition.SpecialType
                        != SpecialType.System_Collections_Generic_IEnumerable_T)
                    {
                        return true;
                    }

                    current = query;
                    break;

                case ITranslatedQueryOperation query:
                    current = query;
                    break;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return IsWalked(local, sequence);

                default:
                    return false;
            }
        }
    }

    private static bool IsOfLinq(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } };

    private static bool IsWalked(ILocalSymbol local, IOperation sequence)
    {
        var function = EnclosingFunction.Of(sequence, containingSymbol: null).Root;
        foreach (var operation in function.Descendants())
        {
            if (operation is ILocalReferenceOperation use
                && SymbolEqualityComparer.Default.Equals(use.Local, local)
                && EnclosingFunction.Of(use, containingSymbol: null).Root == function
                && AreHere(use))
            {
                return true;
            }
        }

        return false;
    }
}
