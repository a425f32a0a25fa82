using ScopedTasks.Analyzers.Flow.Nulls;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Gives a task that is complete where null was given.</summary>
internal sealed class CompletedTask : Plan
{
    private const string Title = "Give a task that is complete";

    public override Edit? For(Site site)
    {
        if (site.Node is not ExpressionSyntax none
            || TypeOf(site.Start) is not INamedTypeSymbol type
            || !(type.Is(site.Types.Task) || type.Is(site.Types.TaskOfT))
            || site.Types.Task!.GetMembers("FromResult").IsEmpty)
        {
            return null;
        }

        var task = CompletedTasks.Of(site, type);
        return new Edit(Title).Replace(
            none,
            site.Start is IConditionalAccessOperation
                ? CompletedTasks.Coalesced(none, task)
                : task.WithTriviaFrom(none));
    }

    private static ITypeSymbol? TypeOf(IOperation none) =>
        none is ILiteralOperation { Parent: IConversionOperation conversion } ? conversion.Type : none.Type;
}
