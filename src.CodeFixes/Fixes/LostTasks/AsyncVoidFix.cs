using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Gives an asynchronous function a task to return.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncVoidFix))]
public sealed class AsyncVoidFix() : StartedTaskFix(Descriptors.AsyncVoid, new ReturnTask());
