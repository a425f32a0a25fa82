using ScopedTasks.Analyzers.Apis;
using ScopedTasks.CodeFixes.Building.Waits;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Awaits the asynchronous twin of any other call: whether it does the same, only a person knows.</summary>
internal sealed class OtherTwin : Plan
{
    public override bool NeedsDecision => true;

    public override Edit? For(Site site) => TwinCall.IsKnown(site, TwinForm.Waits) ? null : TwinCall.Write(site);
}
