using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Nothing looks up, and no rule looks sideways.</summary>
public class FloorsTests
{
    [Fact]
    public void Our_sources_look_down() => Verdict.IsClean(LatestCompiler.Run(Floors.OfOwnSources));

    [Theory]
    [InlineData("src/Symbols/A.cs", "src/Flow/B.cs", "looks up")]
    [InlineData("src/Catalogue/A.cs", "src/Symbols/B.cs", "looks up")]
    [InlineData("src/Flow/A.cs", "src/Rules/LostTasks/B.cs", "looks up")]
    [InlineData("src/Rules/LostTasks/A.cs", "src/Rules/Blocking/B.cs", "looks sideways")]
    [InlineData("src/Rules/LostTasks/A.cs", "src/Rules/LostTasks/B.cs", "looks sideways")]
    [InlineData("src.CodeFixes/Building/A.cs", "src.CodeFixes/Fixes/Cold/B.cs", "looks up")]
    [InlineData("src.CodeFixes/Fixes/Cold/A.cs", "src.CodeFixes/Fixes/Cold/B.cs", "looks sideways")]
    [InlineData("src.CodeFixes/Building/A.cs", "src/Rules/Cold/B.cs", "knows no rule")]
    public void Names_a_reference_that_does_not_look_down(string from, string to, string expected)
    {
        var violation = Assert.Single(Violations(from, "class A { object F() => B.Make(); }", to));

        Assert.StartsWith($"{from}(1): 'B' is of {to}", violation);
        Assert.Contains(expected, violation);
    }

    [Theory]
    [InlineData("src/Flow/A.cs", "src/Symbols/B.cs")]
    [InlineData("src/Flow/A.cs", "src/Flow/Deep/B.cs")]
    [InlineData("src/Rules/LostTasks/A.cs", "src/Rules/B.cs")]
    [InlineData("src/Rules/LostTasks/A.cs", "src/Flow/B.cs")]
    [InlineData("src.CodeFixes/Fixes/Cold/A.cs", "src.CodeFixes/Building/Plans/B.cs")]
    [InlineData("src.CodeFixes/Building/A.cs", "src/Flow/B.cs")]
    [InlineData("src/Symbols/A.cs", "src/Polyfills.cs")]
    public void Accepts_a_reference_that_looks_down(string from, string to) =>
        Assert.Empty(Violations(from, "class A { object F() => B.Make(); }", to));

    [Theory]
    [InlineData("class A { object F(object o) => o.Extend(); }", "Extend")]
    [InlineData("using static B;\nclass A { object F() => Make(); }", "Make")]
    [InlineData("class A { string F() => nameof(B); }", "B")]
    [InlineData("class A { System.Type F() => typeof(B); }", "B")]
    [InlineData("using Other = B; class A { }", "B")]
    public void Sees_through_every_kind_of_name(string code, string name) =>
        Assert.Contains(
            Violations("src/Symbols/A.cs", code, "src/Flow/B.cs"),
            violation => violation.Contains($"'{name}' is of src/Flow/B.cs"));

    [Fact]
    public void Names_a_using_of_a_higher_floor() =>
        Assert.Contains(
            Violations("src/Symbols/A.cs", "using ScopedTasks.Analyzers.Rules; class A { }", "src/Flow/B.cs"),
            violation => violation.Contains("'Rules' is of src/Rules: it looks up"));

    [Fact]
    public void Names_a_folder_that_is_no_floor() =>
        Assert.Contains(
            "src/Cellar/A.cs stands on no floor", Violations("src/Cellar/A.cs", "class A { }", "src/Flow/B.cs"));

    private static string[] Violations(string from, string code, string to)
    {
        const string Other = """
            static class B { public static object Make() => null; public static object Extend(this object o) => o; }
            namespace ScopedTasks.Analyzers.Rules { class Rule { } }
            """;
        var compilation = CSharpCompilation.Create(
            "MadeUp",
            [CSharpSyntaxTree.ParseText(code, path: from), CSharpSyntaxTree.ParseText(Other, path: to)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
        return [.. Floors.Violations(compilation)];
    }
}
