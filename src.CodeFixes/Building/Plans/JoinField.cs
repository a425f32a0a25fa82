using ScopedTasks.Analyzers.Flow.Fields;
using ScopedTasks.CodeFixes.Building.Fields;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Awaits the kept task where its object ends: after all is told to stop, before anything is disposed.
/// </summary>
internal sealed class JoinField : Plan
{
    public override Edit? For(Site site)
    {
        if (FieldUses.FieldKeeping(site.Start) is not { IsStatic: false } field
            || EndMember.Of(site, field.ContainingType) is not { } end
            || end.IsCalledBy(site.Node)
            || (end.Cancellation is null && EndlessCalls.IsEndless(site, (ExpressionSyntax)site.Node))
            || Wait(site, end, field) is not { } wait)
        {
            return null;
        }

        var edit = new Edit($"Await '{field.Name}' where its object ends");
        return end.TryInsert(edit, [wait]) ? edit : null;
    }

    private static StatementSyntax? Wait(Site site, EndMember end, IFieldSymbol field)
    {
        var name = SyntaxFactory.IdentifierName(field.Name);
        var isTask = site.Awaitables.IsTask(field.Type);
        if (!isTask && !site.Awaitables.IsTask(ElementOf(field.Type)))
        {
            return null;
        }

        var awaited = Expressions.Await(
            end.Inside,
            isTask ? name : Code.Expression("global::System.Threading.Tasks.Task.WhenAll($0)", name));
        if (end.Cancellation is null)
        {
            return Code.Statement(
                $"if ($0 != null){site.NewLine}{{{site.NewLine}$1;{site.NewLine}}}", name, awaited);
        }

        // It was told to stop: that it did is no failure.
        var line = site.NewLine;
        var filter = end.Source is not { } source ? ""
            : end.Cancellation.Expression is MemberBindingExpressionSyntax
                ? $" when ({source}?.IsCancellationRequested == true)"
                : $" when ({source}.IsCancellationRequested)";
        return Code.Statement(
            $"if ($0 != null){line}{{{line}try{line}{{{line}$1;{line}}}{line}"
            + $"catch (global::System.OperationCanceledException){filter}{line}{{{line}}}{line}}}",
            name,
            awaited);
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var argument] } => argument,
        _ => null,
    };
}
