using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Awaits the work without the detour.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PointlessStartFix))]
public sealed class PointlessStartFix() : StartedTaskFix(Descriptors.PointlessStart, new Await());
