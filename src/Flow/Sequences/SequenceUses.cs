using ScopedTasks.Analyzers.Operations;

namespace ScopedTasks.Analyzers.Flow.Sequences;

/// <summary>Decides whether a sequence is walked here: to hand it on is not to walk it.</summary>
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

                case IArgumentOperation { Parent: IInvocationOperation taker } when Takes(taker.TargetMethod):
                case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } copy } } when
                    LocalUses.IsKnown((INamedTypeSymbol)copy):
                    return true;

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

    // `Task.WhenAll(tasks)`, `list.AddRange(tasks)`
    private static bool Takes(IMethodSymbol method) => method switch
    {
        { ContainingType.Name: "Task" } =>
            method.Name is "WhenAll" or "WhenAny" or "WhenEach" or "WaitAll" or "WaitAny",
        { Name: "AddRange" } => LocalUses.IsKnown(method.ContainingType),
        _ => false,
    };

    private static bool IsOfLinq(IMethodSymbol method) =>
        method is { IsExtensionMethod: true, ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } };

    private static bool IsWalked(ILocalSymbol local, IOperation sequence)
    {
        var function = EnclosingFunction.Of(sequence, containingSymbol: null).Root;
        foreach (var use in LocalMentions.Of(local, sequence))
        {
            if (EnclosingFunction.Of(use, containingSymbol: null).Root == function
                && AreHere(use))
            {
                return true;
            }
        }

        return false;
    }
}
