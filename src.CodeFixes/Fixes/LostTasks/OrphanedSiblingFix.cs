using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Awaits together what runs at once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OrphanedSiblingFix))]
public sealed class OrphanedSiblingFix() : StartedTaskFix(Descriptors.OrphanedSibling, new RunInGroup());
