using System.Linq;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>What <c>ScopedTasksMode</c> does to a build.</summary>
[Collection(nameof(Sandbox))]
public sealed class ModeTests(Sandbox sandbox)
{
    private static readonly string[] Everything =
        ["SCOPE101 warning", "SCOPE102 warning", "SCOPE201 warning", "SCOPE401 warning", "SCOPE402 warning"];

    [Fact]
    public void Without_a_mode_mistakes_are_warnings_and_the_rest_are_suggestions() =>
        Assert.Equal(
            ["SCOPE101 warning", "SCOPE102 note", "SCOPE201 warning", "SCOPE401 warning", "SCOPE402 note"],
            sandbox.Clients.FindingsIn(Clients.Library));

    [Fact]
    public void A_build_prints_the_warnings_only() =>
        Assert.Equal(
            ["SCOPE101 warning", "SCOPE201 warning", "SCOPE401 warning"],
            Workspace.PrintedBy(sandbox.Build, Clients.Library));

    [Fact]
    public void An_empty_mode_is_the_default() =>
        Assert.Equal(
            ["SCOPE101 warning", "SCOPE201 warning", "SCOPE401 warning"],
            Workspace.PrintedBy(sandbox.Build, Clients.Standard));

    [Fact]
    public void Strict_prints_suggestions_as_warnings_whatever_its_case() =>
        Assert.Equal(
            Everything,
            Workspace.PrintedBy(sandbox.Build, Clients.Strict));

    [Fact]
    public void All_prints_every_rule_as_a_warning() =>
        Assert.Equal(
            Everything,
            Workspace.PrintedBy(sandbox.Build, Clients.AnalyzersOnly));

    [Fact]
    public void None_silences_every_rule() => Assert.Empty(sandbox.Clients.FindingsIn(Clients.None));

    [Fact]
    public void An_unknown_mode_is_an_error_that_lists_the_modes() =>
        Assert.Contains(
            sandbox.Build.Lines,
            line => line.Contains("error SCOPETASKS001: ScopedTasksMode 'Foo' is unknown; "
                + "use Recommended, Strict, All or None."));

    [Fact]
    public void Only_the_unknown_mode_is_an_error() =>
        Assert.Single(sandbox.Build.Lines.Where(line => line.Contains("SCOPETASKS")).Distinct());
}
