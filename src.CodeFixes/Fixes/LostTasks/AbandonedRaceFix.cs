using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Lets the first success of a race cancel the others.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AbandonedRaceFix))]
public sealed class AbandonedRaceFix() : StartedTaskFix(Descriptors.AbandonedRace, new Race());
