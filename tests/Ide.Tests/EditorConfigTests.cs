using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ScopedTasks.Ide.Tests.Host;
using Xunit;

namespace ScopedTasks.Ide.Tests;

/// <summary>The <c>.editorconfig</c> beside the code counts in the editor as in the build.</summary>
public class EditorConfigTests
{
    [Theory]
    [InlineData("error", DiagnosticSeverity.Error)]
    [InlineData("warning", DiagnosticSeverity.Warning)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    public async Task Sets_the_severity(string word, DiagnosticSeverity severity)
    {
        var open = OpenSolution.Of(Mistakes.Of("SCOPE102").Source)
            .With($"dotnet_diagnostic.SCOPE102.severity = {word}");

        Assert.Equal(severity, Assert.Single(await open.SquigglesAsync()).Diagnostic.Severity);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("silent")]
    public async Task Silences_the_rule(string word)
    {
        var open = OpenSolution.Of(Mistakes.Of("SCOPE102").Source)
            .With($"dotnet_diagnostic.SCOPE102.severity = {word}");

        Assert.Empty(await open.SquigglesAsync());
    }

    [Fact]
    public async Task Moves_the_preferred_fix_to_the_top_of_the_menu()
    {
        var open = OpenSolution.Of(Mistakes.Of("SCOPE102").Source)
            .With("scoped_tasks.preferred_fix.SCOPE102 = await");

        var menu = await open.MenuAtAsync(Assert.Single(await open.SquigglesAsync()));

        Assert.Equal("Await it", menu[0].Title);
        Assert.Equal(
            Mistakes.Of("SCOPE102").Menu.Order(),
            menu.Take(Mistakes.Of("SCOPE102").Menu.Length).Select(entry => entry.Title).Order());
    }

    [Fact]
    public async Task Sets_the_limit_that_a_fix_writes()
    {
        var open = OpenSolution.Of(Mistakes.Of("SCOPE402").Source).With("scoped_tasks.max_concurrency = 3");

        var menu = await open.MenuAtAsync(Assert.Single(await open.SquigglesAsync()));

        Assert.Equal("Bound it: at most 3 at once (the first failure cancels the rest)", menu[0].Title);
        Assert.Contains("maxConcurrency: 3", await (await open.ApplyAsync(menu[0])).TextAsync());
    }
}
