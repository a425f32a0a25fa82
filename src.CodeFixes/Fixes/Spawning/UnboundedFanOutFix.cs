using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.Spawning;

/// <summary>Bounds a fan-out over a source of unknown size.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnboundedFanOutFix))]
public sealed class UnboundedFanOutFix() : StartedTaskFix(Descriptors.UnboundedFanOut, new BoundedLoop());
