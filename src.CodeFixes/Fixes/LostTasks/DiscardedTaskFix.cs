using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Gives a discarded task an owner.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DiscardedTaskFix))]
public sealed class DiscardedTaskFix()
    : StartedTaskFix(
        Descriptors.DiscardedTask,
        new SpawnInGroup(),
        new OwnInField(),
        new Detach(),
        new RunInGroup(),
        new Await(),
        new TakeGroup());
