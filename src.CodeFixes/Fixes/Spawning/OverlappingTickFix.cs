using ScopedTasks.CodeFixes.Building;

namespace ScopedTasks.CodeFixes.Fixes.Spawning;

/// <summary>Lets each tick wait for the work of the last one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OverlappingTickFix))]
public sealed class OverlappingTickFix()
    : StartedTaskFix(Descriptors.OverlappingTick, new Building.Plans.PeriodicTimer());
