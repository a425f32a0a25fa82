using ScopedTasks.Analyzers.Flow;
using ScopedTasks.CodeFixes.Building;
using ScopedTasks.CodeFixes.Building.Plans;

namespace ScopedTasks.CodeFixes.Fixes.LostTasks;

/// <summary>Gives a dropped task an owner, also where the compiler reports it as CS4014.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DroppedTaskFix))]
public sealed class DroppedTaskFix()
    : StartedTaskFix(
        Descriptors.DroppedTask,
        new Await(),
        new SpawnInGroup(),
        new OwnInField(),
        new Detach(),
        new RunInGroup(),
        new MakeAsync(),
        new TakeGroup())
{
    private const string CompilerWarningId = "CS4014";

    public override ImmutableArray<string> FixableDiagnosticIds => base.FixableDiagnosticIds.Add(CompilerWarningId);

    private protected override bool Speaks(string id, Finding finding) =>
        finding.Rule == Rule && finding.CompilerSpeaks == (id == CompilerWarningId);
}
