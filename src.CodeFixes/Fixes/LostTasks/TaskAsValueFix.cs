using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Awaits what was used as if it were its own result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TaskAsValueFix))]
public sealed class TaskAsValueFix() : StartedTaskFix(Descriptors.TaskAsValue, new Await());
