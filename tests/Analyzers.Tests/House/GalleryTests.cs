using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The gallery of mistakes holds each once, and its marks are what is reported.</summary>
public class GalleryTests
{
    private static readonly SourceFile[] Files = [.. Repository.Sources(Gallery.Folder)];

    private static readonly string[] Ids = [.. ShippedRules.Implemented.Select(rule => rule.Id)];

    [Fact]
    public void The_gallery_compiles() =>
        Verdict.IsClean(Compile(Files).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(error => error.ToString()));

    [Fact]
    public async Task Marks_equal_reports() =>
        Verdict.IsClean(Gallery.Differences(Files, await Trial.Reports(Compile(Files)), Ids));

    [Fact]
    public void Every_rule_about_code_has_its_mistake() =>
        Verdict.IsClean(ShippedRules.Implemented.Where(rule => rule.Category != Catalogue.Families.Configuration)
            .Where(rule => !Gallery.Marks(Files).Any(mark => mark.EndsWith(rule.Id)))
            .Select(rule => $"{rule.Id} has no mistake in {Gallery.Folder}"));

    [Fact]
    public async Task Names_a_difference_either_way()
    {
        SourceFile[] files =
        [
            new("A.cs", "class A { } // SCOPE101\nclass B\n{\n    Task M() { _ = M(); return null!; }\n}\n"),
        ];

        var differences = Gallery.Differences(files, await Trial.Reports(Compile(files)), Ids);

        Assert.Equal(
            ["A.cs(1): SCOPE101 is marked and not reported", "A.cs(4): SCOPE102 is reported and not marked"],
            differences);
    }

    private static CSharpCompilation Compile(SourceFile[] files) =>
        Trial.Compile([.. files, new SourceFile("GlobalUsings.cs", Trial.GlobalUsings)]);
}
