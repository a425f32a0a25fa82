using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using ScopedTasks.Ide.Tests.Host;
using Xunit;

namespace ScopedTasks.Ide.Tests;

/// <summary>What the editor underlines, and what it says there.</summary>
public class SquiggleTests
{
    [Theory]
    [MemberData(nameof(Mistakes.Ids), MemberType = typeof(Mistakes))]
    public async Task Underlines_the_mistake_and_nothing_else(string id)
    {
        var mistake = Mistakes.Of(id);

        var squiggle = Assert.Single(await OpenSolution.Of(mistake.Source).SquigglesAsync());

        Assert.Equal(id, squiggle.Id);
        Assert.Equal(mistake.Underlined, squiggle.Underlined);
        Assert.Equal(mistake.Code.IndexOf("[|"), squiggle.Diagnostic.Location.SourceSpan.Start);
        Assert.Equal(mistake.Severity, squiggle.Diagnostic.Severity);
        Assert.Equal(mistake.Message, squiggle.Diagnostic.GetMessage());
    }

    [Theory]
    [InlineData("SCOPE101")]
    [InlineData("SCOPE201")]
    [InlineData("SCOPE302")]
    [InlineData("SCOPE402")]
    public async Task Leads_to_the_page_of_the_rule(string id)
    {
        var squiggle = Assert.Single(await OpenSolution.Of(Mistakes.Of(id).Source).SquigglesAsync());

        Assert.EndsWith($"/docs/rules/{id}.md", squiggle.Diagnostic.Descriptor.HelpLinkUri);
    }

    [Fact]
    public async Task Follows_what_is_typed()
    {
        var open = OpenSolution.Of(Mistakes.Of("SCOPE201").Source.Replace("LoadAsync(id).Result", "1"));
        Assert.Empty(await open.SquigglesAsync());

        var typed = OpenSolution.Of(Mistakes.Of("SCOPE201").Source);
        Assert.Equal("SCOPE201", Assert.Single(await typed.SquigglesAsync()).Id);
    }
}
