using System.Linq;
using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>The analyzers load in every client, speak where they can, and never fall over.</summary>
[Collection(nameof(Sandbox))]
public sealed class LoadingTests(Sandbox sandbox)
{
    [Theory]
    [InlineData("AD0001")]
    [InlineData("CS8032")]
    [InlineData("CS8033")]
    [InlineData("CS9057")]
    [InlineData("MSB4018")]
    [InlineData("NU1")]
    public void No_build_says(string id) =>
        Assert.DoesNotContain(sandbox.Build.Lines, line => line.Contains($" {id}"));

    [Fact]
    public void No_log_holds_an_analyzer_that_threw() =>
        Assert.DoesNotContain(
            Clients.Built.Except([Clients.UnknownMode]).SelectMany(client => sandbox.Clients.LoggedIn(client)),
            finding => finding.StartsWith("AD"));

    [Fact]
    public void Old_CSharp_on_netstandard_gets_the_same_findings() =>
        Assert.Equal(
            sandbox.Clients.FindingsIn(Clients.Library),
            sandbox.Clients.FindingsIn(Clients.Standard));

    [Fact]
    public void Nullable_makes_no_difference() =>
        Assert.Equal(
            sandbox.Clients.FindingsIn(Clients.Library).Select(finding => finding.Split(' ')[0]),
            sandbox.Clients.FindingsIn(Clients.Strict).Select(finding => finding.Split(' ')[0]));

    [Fact]
    public void Top_level_programs_are_read() =>
        Assert.Equal(["SCOPE101 warning", "SCOPE302 warning"], sandbox.Clients.FindingsIn(Clients.Console));

    [Fact]
    public void Syntax_errors_are_the_compilers_and_nobody_elses()
    {
        Assert.Contains("CS1026 error", sandbox.Clients.LoggedIn(Clients.SyntaxErrors));
        Assert.Empty(sandbox.Clients.FindingsIn(Clients.SyntaxErrors));
    }

    [Fact]
    public void Types_that_cannot_be_found_are_the_compilers_errors_and_nobody_elses()
    {
        Assert.Contains("CS0246 error", sandbox.Clients.LoggedIn(Clients.MissingReferences));
        Assert.Empty(sandbox.Clients.FindingsIn(Clients.MissingReferences));
    }
}
