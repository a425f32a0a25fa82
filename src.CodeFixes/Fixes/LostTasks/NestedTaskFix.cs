using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Makes one task of a task and the task that it gives.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NestedTaskFix))]
public sealed class NestedTaskFix() : StartedTaskFix(Descriptors.NestedTask, new Unwrap());
