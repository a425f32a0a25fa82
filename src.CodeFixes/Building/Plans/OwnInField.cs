using ScopedTasks.Analyzers.Flow.Fields;
using ScopedTasks.CodeFixes.Building.Fields;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Spawns the work in a group that its object owns, and ends with the object.</summary>
internal sealed class OwnInField : Plan
{
    public override Edit? For(Site site)
    {
        if (!site.HasRuntime
            || WorkOf(site) is not { } dropped
            || GroupInHand.At(site) is not null
            || OwnedResources.OrRequestsAreUsedBy(site, dropped.Work)
            || OwnedGroup.Of(site) is not { } owner
            || !owner.CanStop(dropped.Work))
        {
            return null;
        }

        var edit = Spawned.Write(
            site,
            dropped,
            $"Spawn it in a task group that '{owner.TypeName}' owns",
            child => child.In(owner.Reference),
            ChildForm.Inline);
        return edit is not null && owner.TryWrite(edit, KeptBy(site)) ? edit : null;
    }

    private static IFieldSymbol? KeptBy(Site site) =>
        site.Finding.Rule == Descriptors.UnjoinedField ? FieldUses.FieldKeeping(site.Start) : null;

    // What kept the task is gone with it.
    private static DroppedWork? WorkOf(Site site) =>
        site.Finding.Rule != Descriptors.UnjoinedField ? DroppedWork.Of(site, site.Node)
        : site.Node is ExpressionSyntax
        {
            Parent: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } kept,
        } work && kept.IsKind(SyntaxKind.SimpleAssignmentExpression)
            ? new(kept, work, Guard: null)
            : null;
}
