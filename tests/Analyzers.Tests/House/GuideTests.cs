using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The pages about the runtime compile, run and please our analyzers, as do the readmes.</summary>
public class GuideTests
{
    private const string Folder = "docs/runtime";

    private const string ReadmeSetup = """
        record Order(int Id);
        record User(int Id);
        record Cart(int Items);
        partial class Example
        {
            Task<Order> LoadAsync(int id, CancellationToken token) => Task.FromResult(new Order(id));
            Task SendMailAsync(Order order, CancellationToken token) => Task.CompletedTask;
            Task SaveAsync(Order order, CancellationToken token) => Task.CompletedTask;
        }
        """;

    private const string ReadmeProgram = """

        static async Task FulfilAsync(int order, CancellationToken token) => await Task.Yield();
        static async Task<User> UserAsync(int id, CancellationToken token) { await Task.Yield(); return new(id); }
        static async Task<Cart> CartAsync(int id, CancellationToken token) { await Task.Yield(); return new(id); }
        static async Task<decimal> PriceAsync(int item, CancellationToken token) { await Task.Yield(); return item; }
        static async Task RefreshCacheAsync(CancellationToken token) => await Task.Yield();
        """;

    private const string ReadmeInput = """
        var queue = System.Threading.Channels.Channel.CreateBounded<int>(1).Reader;
        var stoppingToken = new CancellationToken(canceled: true);
        var (id, items) = (1, new[] { 1, 2 });

        """;

    public static TheoryData<string> Pages => [.. Repository.Files(Folder, "*.md").Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_examples_compile_and_run_and_are_not_reported(string path)
    {
        var violations = new List<string>();
        foreach (var example in new RulePage(new(path, Repository.Read(path))).Examples())
        {
            violations.AddRange(await example.GuideViolations());
        }

        Verdict.IsClean(violations);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src.Package/README.md")]
    public async Task What_a_readme_shows_of_the_runtime_compiles(string path)
    {
        var examples = new RulePage(new(path, Repository.Read(path))).Examples()
            .Where(example => example.Code.Contains("TaskGroup"))
            .ToArray();
        Assert.NotEmpty(examples);
        var violations = new List<string>();
        foreach (var example in examples)
        {
            var code = example.Code.StartsWith("public ")
                ? example.Code
                : $"{ReadmeInput}try {{\n{example.Code}}}\ncatch (OperationCanceledException) {{ }}\n{ReadmeProgram}";
            violations.AddRange(await (example with { Code = code, Setup = ReadmeSetup }).GuideViolations());
        }

        Verdict.IsClean(violations);
    }

    [Fact]
    public void The_index_names_every_page()
    {
        var index = Repository.Read($"{Folder}/README.md");
        Verdict.IsClean(Repository.Files(Folder, "*.md")
            .Select(page => page.Path[(Folder.Length + 1)..])
            .Where(page => page != "README.md" && !index.Contains($"({page})"))
            .Select(page => $"{Folder}/README.md does not name {page}"));
    }

    [Theory]
    [InlineData("await Task.Delay();", "does not compile")]
    [InlineData("_ = F();\nstatic async Task F() => await Task.Yield();", "is reported")]
    [InlineData("await Task.Yield(); throw new FormatException();", "fails")]
    [InlineData("throw new FormatException();", "fails")]
    public async Task Names_an_example_that_breaks_the_promise(string code, string expected)
    {
        var violations = await new Example("page.md", "How", 1, code, "").GuideViolations();
        Assert.Contains(violations, violation => violation.Contains(expected));
    }

    [Fact]
    public async Task Lets_a_page_show_how_it_was_before()
    {
        const string code = "// Before: lost.\n_ = F();\nstatic async Task F() => await Task.Yield();";
        Assert.Empty(await new Example("page.md", "How", 1, code, "").GuideViolations());
    }
}
