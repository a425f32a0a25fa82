using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Ide.Tests.Host;
using Xunit;

namespace ScopedTasks.Ide.Tests;

/// <summary>What the light bulb lists, in which order, and what each entry does.</summary>
public class MenuTests
{
    [Theory]
    [MemberData(nameof(Mistakes.Ids), MemberType = typeof(Mistakes))]
    public async Task Lists_our_fixes_first_and_then_the_ways_to_silence_the_rule(string id)
    {
        var (open, squiggle) = await OpenAsync(id);

        var titles = (await open.MenuAtAsync(squiggle)).Select(entry => entry.Title).ToArray();

        var ours = Mistakes.Of(id).Menu;
        Assert.Equal(ours, titles.Take(ours.Length));
        Assert.All(titles.Skip(ours.Length), title => Assert.Matches("^(Suppress|Configure) ", title));
        Assert.Contains($"Suppress {id}", titles);
        Assert.Contains($"Configure {id} severity", titles);
    }

    [Theory]
    [MemberData(nameof(Mistakes.Ids), MemberType = typeof(Mistakes))]
    public async Task Each_fix_takes_the_squiggle_away_and_leaves_no_error(string id)
    {
        var (open, squiggle) = await OpenAsync(id);
        var menu = await open.MenuAtAsync(squiggle);

        foreach (var entry in menu.Take(Mistakes.Of(id).Menu.Length))
        {
            var after = await open.ApplyAsync(entry);

            Assert.NotEqual(await open.TextAsync(), await after.TextAsync());
            Assert.Empty(await after.SquigglesAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes.Ids), MemberType = typeof(Mistakes))]
    public async Task Each_fix_can_be_applied_to_the_document_the_project_and_the_solution(string id)
    {
        var (open, squiggle) = await OpenAsync(id);
        var menu = await open.MenuAtAsync(squiggle);

        Assert.All(
            menu.Take(Mistakes.Of(id).Menu.Length),
            entry => Assert.Equal(["Document", "Project", "Solution"],
                Engine.ScopesOf(entry).Select(scope => scope.ToString()).Order()));
    }

    [Theory]
    [InlineData("SCOPE101")]
    [InlineData("SCOPE402")]
    public async Task Suppressing_in_the_source_takes_the_squiggle_away(string id)
    {
        var (open, squiggle) = await OpenAsync(id);
        var suppress = (await open.MenuAtAsync(squiggle)).Single(entry => entry.Title == $"Suppress {id}");

        var after = await open.ApplyAsync(suppress.Action.NestedActions.Single(action => action.Title == "in Source"));

        Assert.Contains($"#pragma warning disable {id}", await after.TextAsync());
        Assert.Empty(await after.SquigglesAsync());
    }

    private static async Task<(OpenSolution Open, Squiggle Squiggle)> OpenAsync(string id)
    {
        var open = OpenSolution.Of(Mistakes.Of(id).Source);
        return (open, Assert.Single(await open.SquigglesAsync()));
    }
}
