using ScopedTasks.Analyzers.Apis;
using ScopedTasks.CodeFixes.Building.Waits;

namespace ScopedTasks.CodeFixes.Building.Plans;

/// <summary>Awaits the asynchronous twin of a call that is known to wait, with the same arguments.</summary>
internal sealed class AsyncTwin : Plan
{
    public override Edit? For(Site site) => TwinCall.IsKnown(site, TwinForm.Waits) ? TwinCall.Write(site) : null;
}
