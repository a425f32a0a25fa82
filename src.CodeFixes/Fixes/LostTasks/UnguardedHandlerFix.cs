using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Keeps what an event handler throws from ending the process.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnguardedHandlerFix))]
public sealed class UnguardedHandlerFix() : StartedTaskFix(Descriptors.UnguardedHandler, new GuardHandler());
