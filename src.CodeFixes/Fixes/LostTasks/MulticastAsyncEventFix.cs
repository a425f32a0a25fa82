using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Waits for every subscriber of an event.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MulticastAsyncEventFix))]
public sealed class MulticastAsyncEventFix() : StartedTaskFix(Descriptors.MulticastAsyncEvent, new InvokeAll());
