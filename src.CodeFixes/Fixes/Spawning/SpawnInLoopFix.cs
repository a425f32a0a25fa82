using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Spawning;

/// <summary>Bounds a loop that starts work nobody waits for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SpawnInLoopFix))]
public sealed class SpawnInLoopFix()
    : StartedTaskFix(Descriptors.SpawnInLoop, new SpawnInGroup(), new BoundedLoop(), new TakeGroup());
