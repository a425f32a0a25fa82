using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Waits, within the scope of a resource, for the work that uses it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OutlivedResourceFix))]
public sealed class OutlivedResourceFix()
    : StartedTaskFix(Descriptors.OutlivedResource, new AwaitReturned(), new RunInGroup());
