using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>How a project raises, lowers and silences a rule.</summary>
[Collection(nameof(Sandbox))]
public sealed class SeverityTests(Sandbox sandbox)
{
    [Fact]
    public void A_warning_ends_with_its_help_link() =>
        Assert.Contains(
            sandbox.Build.Lines,
            line => line.Contains("warning SCOPE101: 'SendAsync' is started here")
                && line.Contains("/docs/rules/SCOPE101.md)"));

    [Fact]
    public void WarningsAsErrors_and_NoWarn_name_our_rules() =>
        Assert.Equal(["SCOPE101 error"], Workspace.PrintedBy(sandbox.Build, Clients.WarningsAsErrors));

    [Fact]
    public void TreatWarningsAsErrors_reaches_our_warnings_but_those_excepted() =>
        Assert.Equal(
            ["SCOPE101 error", "SCOPE201 warning", "SCOPE401 warning"],
            Workspace.PrintedBy(sandbox.Build, Clients.Framework));

    [Fact]
    public void An_editorconfig_beats_the_preset() =>
        Assert.Equal(
            ["SCOPE001 warning", "SCOPE102 error", "SCOPE201 warning", "SCOPE401 warning", "SCOPE402 warning"],
            Workspace.PrintedBy(sandbox.Build, Clients.EditorConfig));

    [Fact]
    public void An_option_that_cannot_be_read_is_named_with_its_file_and_value() =>
        Assert.Contains(
            sandbox.Build.Lines,
            line => line.Contains(".editorconfig(") && line.Contains("): warning SCOPE001: ")
                && line.Contains("'scoped_tasks.max_concurrency' in '.editorconfig'") && line.Contains("'many'"));

    [Fact]
    public void A_family_is_set_by_its_category() =>
        Assert.Equal(
            ["SCOPE201 note", "SCOPE401 error", "SCOPE402 error"],
            sandbox.Clients.FindingsIn(Clients.Category));
}
