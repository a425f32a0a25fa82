using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Loops;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Spawning;

/// <summary>Makes a loop wait that was a call: one element after the other, or in parallel as it was.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncForEachFix))]
public sealed class AsyncForEachFix()
    : StartedTaskFix(Descriptors.AsyncForEach, new ForeachAwait(), new BoundedLoop())
{
    private protected override IEnumerable<Plan> PlansAt(Site site) =>
        CalledLoop.Of(site) is { Row.IsParallel: true } ? Plans.Reverse() : Plans;
}
