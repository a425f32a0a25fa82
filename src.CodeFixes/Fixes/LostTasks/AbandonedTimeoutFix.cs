using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Lets a timeout cancel the work, and waits for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AbandonedTimeoutFix))]
public sealed class AbandonedTimeoutFix() : StartedTaskFix(Descriptors.AbandonedTimeout, new FailAfter());
