using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Gives a task that one path loses to a group that waits on every path.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnjoinedPathFix))]
public sealed class UnjoinedPathFix() : StartedTaskFix(Descriptors.UnjoinedPath, new RunInGroup());
