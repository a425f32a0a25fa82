using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Gives a task that a local keeps, and nobody waits for, to a group that does.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnjoinedLocalFix))]
public sealed class UnjoinedLocalFix() : StartedTaskFix(Descriptors.UnjoinedLocal, new RunInGroup(), new Await());
