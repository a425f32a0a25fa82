using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Scopes;

/// <summary>Spawns work in the group that is in hand.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DetachedInsideGroupFix))]
public sealed class DetachedInsideGroupFix() : StartedTaskFix(Descriptors.DetachedInsideGroup, new SpawnInGroup());
