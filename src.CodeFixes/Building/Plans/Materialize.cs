using ScopedTasks.Analyzers.Flow.Repeats;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Makes a list of a sequence of tasks where it is declared, so that each is started once.</summary>
internal sealed class Materialize : Plan
{
    public override Edit? For(Site site)
    {
        if (site.Start is not IInvocationOperation call
            || ReenumeratedSequences.Of(site.Model.Compilation).UsesOf(call) is not { } repeated
            || !StartsAll(repeated.First)
            || call.Syntax.FirstAncestorOrSelf<EqualsValueClauseSyntax>() is not { Value: var value })
        {
            return null;
        }

        return new Edit("Make a list of it").Replace(
            value,
            Code.Expression("$0.ToList()", Expressions.AsReceiver(value.WithoutTrivia())).WithTriviaFrom(value));
    }

    // Who walks the sequence first may start one task after the other has ended: a list starts all of them at once.
    private static bool StartsAll(IOperation first)
    {
        var current = first.WithConversions();
        return current.Parent is IArgumentOperation { Parent: IInvocationOperation call }
            && call.TargetMethod.Name is "WhenAll" or "WaitAll" or "WhenAny" or "WhenEach" or "ToList" or "ToArray"
                or "Count" or "AddRange";
    }
}
