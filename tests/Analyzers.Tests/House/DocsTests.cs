using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The documents agree with the code: generated parts, examples, options.</summary>
public class DocsTests
{
    [Fact]
    public void Generated_parts_are_up_to_date()
    {
        var isUpdate = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";
        var outdated = GeneratedDocs.Expected(ShippedRules.Implemented, ReadOrNull)
            .Where(expected => ReadOrNull(expected.Path) != expected.Text)
            .ToArray();
        if (isUpdate)
        {
            foreach (var file in outdated)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Repository.PathOf(file.Path))!);
                File.WriteAllText(Repository.PathOf(file.Path), file.Text);
            }
        }

        Verdict.IsClean(isUpdate
            ? []
            : outdated.Select(file => $"{file.Path} is out of date: run UPDATE_DOCS=1 dotnet test --filter DocsTests"));
    }

    [Fact]
    public void Every_page_has_its_sections() =>
        Verdict.IsClean(Pages().SelectMany(page => page.Page.StructureViolations(page.Id)));

    [Fact]
    public async Task The_examples_do_what_their_section_says()
    {
        var violations = new List<string>();
        foreach (var (id, page) in Pages())
        {
            foreach (var example in page.Examples())
            {
                violations.AddRange(await example.Violations(id));
            }
        }

        Verdict.IsClean(violations);
    }

    [Fact]
    public void Pages_name_options_and_rules_that_exist()
    {
        var keys = Repository.Sources("src/Catalogue").SelectMany(OptionKeys.In).ToArray();
        var ids = ShippedRules.ByStem.Values.Select(rule => rule.Id).ToArray();

        Verdict.IsClean(Pages().SelectMany(page => page.Page.ConfigurationViolations(keys, ids)));
    }

    [Fact]
    public void Every_option_is_documented_and_every_documented_option_exists() =>
        Verdict.IsClean(OptionKeys.Violations(
            Repository.Sources("src", "src.CodeFixes"), Repository.Read(OptionKeys.Page)));

    [Fact]
    public void Links_lead_somewhere() =>
        Verdict.IsClean(Repository.Files("docs", "*.md").Concat(Repository.Files("", "README.md"))
            .SelectMany(page => Links.Broken(page, Repository.Exists)));

    [Fact]
    public void Names_a_link_that_leads_nowhere() =>
        Assert.Equal(
            ["docs/rules/A.md: the link ../gone.md leads nowhere"],
            Links.Broken(
                new("docs/rules/A.md", "[a](../gone.md) [b](B.md#top) [c](https://a.b/c.md) [d](#here)"),
                path => path == "docs/rules/B.md"));

    [Theory]
    [InlineData("## Violation\n## Not reported\n## Configure\n", "its sections are")]
    [InlineData("## Fix\n## Violation\n## Not reported\n## Configure\n", "its sections are")]
    [InlineData("## Violation\n## Fix\n## Not reported\n## Configure\n", "no example under Violation")]
    public void Names_what_a_page_lacks(string text, string expected) =>
        Assert.Contains(Page(text).StructureViolations("SCOPE101"), violation => violation.Contains(expected));

    [Theory]
    [InlineData("## Violation\n```csharp\nclass A;;;\nint\n```\n", "does not compile")]
    [InlineData("## Violation\n```csharp\nclass A { }\n```\n", "page.md(2): the example under Violation is not")]
    public async Task Names_an_example_that_breaks_its_promise(string text, string expected)
    {
        var violations = await Assert.Single(Page(text).Examples()).Violations("SCOPE101");

        Assert.Contains(violations, violation => violation.Contains(expected));
    }

    [Theory]
    [InlineData("int x = await Task.FromResult(1);\nConsole.WriteLine(x);")]
    [InlineData("public async Task<Order> LoadAsync(int id) => await Task.FromResult(new Order(id));")]
    [InlineData("Order _order = new(1);\nOrder Current { get; } = new(2);")]
    [InlineData("class Service { public Order Order { get; } = new(1); }")]
    public async Task Compiles_programs_members_and_types(string code)
    {
        var page = Page($"<!-- setup\nrecord Order(int Id);\n-->\n## Not reported\n```csharp\n{code}\n```\n");

        Assert.Empty(await Assert.Single(page.Examples()).Violations("SCOPE101"));
    }

    [Theory]
    [InlineData("## Configure\n`scoped_tasks.colour`\n", "the option scoped_tasks.colour does not exist")]
    [InlineData("## Configure\n`dotnet_diagnostic.SCOPE999.severity`\n", "the rule SCOPE999 does not exist")]
    public void Names_a_wrong_name_under_configure(string text, string expected) =>
        Assert.Contains(
            Page(text).ConfigurationViolations(["scoped_tasks.observers"], ["SCOPE101"]),
            violation => violation.Contains(expected));

    [Fact]
    public void Names_options_and_attributes_that_only_one_side_knows()
    {
        SourceFile home = new(OptionKeys.Home, "A = \"scoped_tasks.observers\"; B = \"scoped_tasks.preferred_fix.\";");
        SourceFile stranger = new("src/Flow/A.cs", "\"scoped_tasks.cold_types\"; a.HasAttribute(\"ColdAttribute\")");

        Assert.Equal(
            [
                "src/Flow/A.cs: the option scoped_tasks.cold_types is spelt out of src/Catalogue/Options.cs",
                "docs/configuration.md: the option scoped_tasks.observers is not documented",
                "docs/configuration.md: the attribute [Cold] is not documented",
                "docs/configuration.md: the option scoped_tasks.gone does not exist",
            ],
            OptionKeys.Violations([home, stranger], "`scoped_tasks.gone`, `scoped_tasks.preferred_fix.SCOPEnnn`"));
    }

    [Fact]
    public void Writes_the_header_of_a_page_and_keeps_the_rest()
    {
        var rule = Catalogue.Descriptors.DroppedTask;
        var written = GeneratedDocs.Expected([rule], path => path == "docs/rules/SCOPE101.md"
            ? "# Old title\n\nWhy.\n"
            : null).First().Text;
        var again = GeneratedDocs.Expected([rule], _ => written).First().Text;

        Assert.StartsWith("# SCOPE101: A started task is dropped\n", written);
        Assert.Contains("| Name | `DroppedTask` |", written);
        Assert.EndsWith("<!-- /header -->\n\nWhy.\n", written);
        Assert.Equal(written, again);
    }

    [Fact]
    public void Writes_the_table_between_the_marks_of_the_readme()
    {
        var readme = GeneratedDocs.Expected(
            [Catalogue.Descriptors.DroppedTask],
            path => path == GeneratedDocs.Readme ? "Before\n<!-- rules -->\nold\n<!-- /rules -->\nAfter\n" : null);

        var text = readme.Single(file => file.Path == GeneratedDocs.Readme).Text;
        Assert.StartsWith("Before\n<!-- rules -->\n| Rule |", text);
        Assert.Contains("| [SCOPE101](docs/rules/SCOPE101.md) | DroppedTask | warning |", text);
        Assert.EndsWith("|\n<!-- /rules -->\nAfter\n", text);
        Assert.DoesNotContain("old", text);
    }

    private static RulePage Page(string text) => new(new("page.md", text));

    private static IEnumerable<(string Id, RulePage Page)> Pages() =>
        ShippedRules.Implemented.Select(rule => rule.Id)
            .Where(id => Repository.Has(RulePage.PathOf(id)))
            .Select(id => (id, new RulePage(new(RulePage.PathOf(id), Repository.Read(RulePage.PathOf(id))))));

    private static string? ReadOrNull(string path) => Repository.Has(path) ? Repository.Read(path) : null;
}
