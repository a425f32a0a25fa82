using ScopedTasks.CodeFixes.Building.Callers;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>
/// Takes a task group as a parameter and starts the work as its child, where every caller has a group in hand.
/// </summary>
internal sealed class TakeGroup : Plan
{
    // A signature changes, and the callers' groups begin to wait.
    public override bool NeedsDecision => true;

    public override async Task<Edit?> ForAsync(Site site)
    {
        if (!site.HasRuntime
            || DroppedWork.Of(site, site.Node) is not { } dropped
            || site.Function is not { IsLambda: false, Symbol: { } function, Root.Syntax: var declaration }
            || GroupInHand.At(site) is not null
            || OwnedResources.AreUsedBy(site, dropped.Work)
            || EndlessCalls.IsEndless(site, dropped.Work)
            || (site.Finding.Rule == Descriptors.SpawnInLoop && EndlessSource.IsAround(site))
            || !await Signatures.CanChangeAsync(site, function).ConfigureAwait(false)
            || await CallSites.OfAsync(site, function, takesMore: true).ConfigureAwait(false)
                is not { Count: > 0 } calls)
        {
            return null;
        }

        var name = new Names(site).Fresh("group");
        var isBounded = false;
        var arguments = new List<(Site Call, ExpressionSyntax Group)>();
        foreach (var call in calls)
        {
            if (declaration.Contains(call.Node))
            {
                arguments.Add((call, SyntaxFactory.IdentifierName(name)));
            }
            else if (GroupInHand.At(call) is { } group)
            {
                isBounded |= group.IsBounded;
                arguments.Add((call, group.Reference));
            }
            else
            {
                return null;
            }
        }

        var own = SyntaxFactory.IdentifierName(name);
        var edit = Spawned.Write(
            site,
            dropped,
            $"Take a task group in '{function.Name}' and spawn it there",
            child => isBounded && site.CanAwait ? child.InBounded(site, own) : child.In(own),
            isBounded ? ChildForm.Queued : ChildForm.Inline);
        return edit is not null
            && arguments.All(argument => TakenParameter.TryPass(edit, argument.Call, function, argument.Group))
            && Signatures.DeclarationsOf(function, site.CancellationToken).ToList()
                .TrueForAll(part => TakenParameter.TryDeclare(edit, site, function, part, name))
                ? edit
                : null;
    }
}
