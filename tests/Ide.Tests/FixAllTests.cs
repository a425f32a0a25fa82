using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using ScopedTasks.Ide.Tests.Host;
using Xunit;

namespace ScopedTasks.Ide.Tests;

/// <summary>Fixing all in a document, a project, the solution: what fixing one by one gives there.</summary>
public class FixAllTests
{
    private const string Orders =
        """
        class Orders
        {
            async Task PlaceAsync(int order, CancellationToken ct)
            {
                _ = MailAsync(order, ct);
                _ = MailAsync(order + 1, ct);
                await SaveAsync(order, ct);
            }

            async Task CancelAsync(int order, CancellationToken ct)
            {
                await SaveAsync(order, ct);
                if (order > 0)
                {
                    _ = MailAsync(order, ct);
                    await SaveAsync(order, ct);
                }
            }

            Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """;

    private static readonly string Returns = Orders.Replace("Orders", "Returns");

    [Theory]
    [InlineData(FixAllScope.Document, "/Shop/File1.cs")]
    [InlineData(FixAllScope.Project, "/Shop/File1.cs", "/Shop/File2.cs")]
    [InlineData(FixAllScope.Solution, "/Shop/File1.cs", "/Shop/File2.cs", "/Store/File1.cs")]
    public async Task Gives_what_one_by_one_gives_and_touches_nothing_else(FixAllScope scope, params string[] paths)
    {
        var open = OpenSolution.Of(Orders, Returns).WithProject("Store", Orders);
        var squiggle = (await open.SquigglesAsync())[0];
        var entry = (await open.MenuAtAsync(squiggle))[0];

        var inBulk = await open.FixAllAsync(entry, squiggle, scope);

        Assert.Equal(
            await (await OneByOneAsync(open, "SCOPE102", paths)).TextsAsync(),
            await inBulk.TextsAsync());
        Assert.DoesNotContain(await inBulk.SquigglesAsync(), left => paths.Contains(left.Document.FilePath));
    }

    [Theory]
    [InlineData("SCOPE102", "Await it")]
    [InlineData("CS4014", "Await it")]
    [InlineData("CS4014", "Run in a task group (waits for it; failures come out at the end)")]
    public async Task Takes_the_chosen_entry_everywhere(string id, string title)
    {
        var open = OpenSolution.Of(id == "CS4014" ? Orders.Replace("_ = ", "") : Orders);
        var squiggle = (await open.SquigglesAsync())[0];
        var entry = (await open.MenuAtAsync(squiggle)).Single(entry => entry.Title == title);

        var inBulk = await open.FixAllAsync(entry, squiggle, FixAllScope.Solution);

        Assert.Equal(id, squiggle.Id);
        var oneByOne = await OneByOneAsync(open, id, ["/Shop/File1.cs"], title);
        Assert.Equal(await oneByOne.TextAsync(), await inBulk.TextAsync());
        Assert.Empty(await inBulk.SquigglesAsync());
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task Makes_functions_async_with_their_callers_in_other_documents(FixAllScope scope)
    {
        var open = OpenSolution.Of(
            """
            class Store
            {
                internal int Load() => One().Result;
                internal void Save() { One().Wait(); Load(); }
                Task<int> One() => Task.FromResult(1);
            }
            """,
            """
            class Orders
            {
                async Task PlaceAsync(Store store) { store.Save(); await Task.Yield(); Use(store.Load()); }
                void Use(int load) { }
            }
            """);
        var squiggle = (await open.SquigglesAsync()).First(squiggle => squiggle.Id == "SCOPE204");
        var entry = (await open.MenuAtAsync(squiggle)).Single(entry => entry.Title.StartsWith("Make 'Load'"));

        var texts = await (await open.FixAllAsync(entry, squiggle, scope)).TextsAsync();

        Assert.Contains("async Task<int> Load() => await One();", texts["/Shop/File1.cs"]);
        Assert.Contains("async Task Save() { await One(); await Load(); }", texts["/Shop/File1.cs"]);
        Assert.Contains("await store.Save(); await Task.Yield(); Use(await store.Load());", texts["/Shop/File2.cs"]);
    }

    private static async Task<OpenSolution> OneByOneAsync(
        OpenSolution open, string id, IReadOnlyCollection<string> paths, string? title = null)
    {
        while (await NextAsync(open, id, paths, title) is { } entry)
        {
            open = await open.ApplyAsync(entry);
        }

        return open;
    }

    private static async Task<Entry?> NextAsync(
        OpenSolution open, string id, IReadOnlyCollection<string> paths, string? title)
    {
        foreach (var squiggle in await open.SquigglesAsync())
        {
            if (squiggle.Id == id && paths.Contains(squiggle.Document.FilePath))
            {
                var menu = await open.MenuAtAsync(squiggle);
                return title is null ? menu[0] : menu.First(entry => entry.Title == title);
            }
        }

        return null;
    }
}
