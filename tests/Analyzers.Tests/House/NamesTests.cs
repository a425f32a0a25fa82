using System;
using System.Linq;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>One stem everywhere, folders as families and namespaces, and the habits that a reader can check.</summary>
public class NamesTests
{
    private static readonly RuleName[] MadeUp = [new("SCOPE101", "DroppedTask", "LostTasks")];

    private static readonly string[] InOrder =
    [
        "src/Rules/ScopedTasksAnalyzer.cs",
        "src/Rules/LostTasks/DroppedTaskAnalyzer.cs",
        "src.CodeFixes/Fixes/LostTasks/DroppedTaskFix.cs",
        "tests/Analyzers.Tests/Rules/LostTasks/DroppedTaskTests.cs",
        "tests/Analyzers.Tests/Fixes/LostTasks/DroppedTaskFixTests.cs",
        "docs/rules/README.md",
        "docs/rules/SCOPE101.md",
    ];

    [Fact]
    public void One_stem_names_a_rule_everywhere()
    {
        var rules = ShippedRules.ByStem
            .Select(entry => new RuleName(entry.Value.Id, entry.Key, entry.Value.Category)).ToArray();
        string[] paths =
        [
            .. Repository.Sources(
                    "src/Rules",
                    "src.CodeFixes/Fixes",
                    "tests/Analyzers.Tests/Rules",
                    "tests/Analyzers.Tests/Fixes")
                .Concat(Repository.Files("docs/rules", "*.md")).Select(file => file.Path),
        ];

        Verdict.IsClean(Stems.Violations(rules, paths));
    }

    [Fact]
    public void Every_analyzer_has_the_name_of_the_rule_that_it_reports() =>
        Verdict.IsClean(ShippedRules.Analyzers.Where(analyzer =>
                analyzer.SupportedDiagnostics is not [var rule]
                || analyzer.GetType().FullName
                != $"ScopedTasks.Analyzers.Rules.{rule.Category}.{ShippedRules.StemOf(rule)}Analyzer")
            .Select(analyzer => $"{analyzer} has not the name of what it reports"));

    [Fact]
    public void Every_fix_has_the_name_of_a_rule_that_it_fixes() =>
        Verdict.IsClean(ShippedFixes.All.Where(fix =>
                !ShippedRules.ByStem.Any(rule => fix.FixableDiagnosticIds.Contains(rule.Value.Id)
                    && fix.GetType().FullName == $"ScopedTasks.CodeFixes.Fixes.{rule.Value.Category}.{rule.Key}Fix"))
            .Select(fix => $"{fix} fixes {string.Join(", ", fix.FixableDiagnosticIds)}"));

    [Fact]
    public void Every_analyzer_is_sealed_and_built_on_the_base() =>
        Verdict.IsClean(ShippedRules.AnalyzerTypes.SelectMany(ShippedTypes.AnalyzerViolations));

    [Fact]
    public void Every_fix_is_sealed_exported_unshared_and_built_on_the_base() =>
        Verdict.IsClean(ShippedFixes.Types.SelectMany(ShippedTypes.FixViolations));

    [Fact]
    public void Every_source_file_keeps_the_house_style() =>
        Verdict.IsClean(LatestCompiler.Run(SourceConventions.OfAllSources));

    [Fact]
    public void Accepts_names_in_order() => Assert.Empty(Stems.Violations(MadeUp, InOrder));

    [Theory]
    [InlineData("src/Rules/LostTasks/DroppedTaskAnalyzer.cs")]
    [InlineData("tests/Analyzers.Tests/Rules/LostTasks/DroppedTaskTests.cs")]
    [InlineData("docs/rules/SCOPE101.md")]
    public void Names_a_missing_part_of_a_rule(string part) =>
        Assert.Contains(
            $"SCOPE101 DroppedTask: {part} is missing",
            Stems.Violations(MadeUp, [.. InOrder.Where(path => path != part)]));

    [Theory]
    [InlineData("src/Rules/LostTasks/DropedTaskAnalyzer.cs")]
    [InlineData("src/Rules/Blocking/DroppedTaskAnalyzer.cs")]
    [InlineData("src/Rules/LostTasks/DroppedTask.cs")]
    [InlineData("src/Rules/LostTasks/Deep/DroppedTaskAnalyzer.cs")]
    [InlineData("src.CodeFixes/Fixes/LostTasks/AwaitTaskFix.cs")]
    [InlineData("tests/Analyzers.Tests/Rules/LostTasks/SomethingTests.cs")]
    [InlineData("tests/Analyzers.Tests/Fixes/LostTasks/SomethingFixTests.cs")]
    [InlineData("docs/rules/SCOPE999.md")]
    public void Names_a_part_that_belongs_to_no_rule(string path) =>
        Assert.Contains(Stems.Violations(MadeUp, [.. InOrder, path]), violation => violation.StartsWith(path));

    [Theory]
    [InlineData("#pragma warning disable CS0168\n", "#pragma")]
    [InlineData("#region Fields\n#endregion\n", "#region")]
    [InlineData("// TO" + "DO: later\n", "TO" + "DO")]
    [InlineData("namespace ScopedTasks.Analyzers.Flow;\n", "not that of the folder, ScopedTasks.Analyzers.Symbols")]
    [InlineData("namespace ScopedTasks.Analyzers.Symbols { }\n", "not file-scoped")]
    [InlineData("namespace ScopedTasks.Analyzers.Symbols;\n\nclass Bare { }\n", "Bare has no summary")]
    [InlineData("/// <summary>Half a sentence</summary>\nclass Half { }\n", "not a whole sentence")]
    [InlineData("class NoEnd { }", "new line")]
    [InlineData("class Space { } \n", "white space")]
    public void Names_what_a_source_file_may_not_have(string text, string expected) =>
        Assert.Contains(
            SourceConventions.Violations(new("src/Symbols/Sample.cs", text)),
            violation => violation.Contains(expected));

    [Fact]
    public void Names_a_line_that_is_too_long() =>
        Assert.Contains(
            SourceConventions.Violations(new("src/Symbols/Sample.cs", "// x " + new string('x', 116) + "\n")),
            violation => violation.Contains("121 characters"));

    [Theory]
    [InlineData("src/Symbols/SymbolUtils.cs")]
    [InlineData("src/Helpers/Sample.cs")]
    [InlineData("src/Flow/Common.cs")]
    [InlineData("runtime/Groups/GroupManager.cs")]
    public void Names_a_file_whose_name_answers_no_question(string path) =>
        Assert.Contains(
            SourceConventions.Violations(new(path, "\n")), violation => violation.Contains("answers no question"));

    [Fact]
    public void Does_not_take_words_in_a_string_for_the_forbidden_thing() =>
        Assert.Empty(SourceConventions.Violations(new(
            "tests/Analyzers.Tests/House/SampleTests.cs",
            "namespace ScopedTasks.Analyzers.Tests.House;\n\n"
            + "class SampleTests { string s = \"\"\"\n    #pragma\n    \"\"\"; }\n")));

    [Theory]
    [InlineData("not sealed")]
    [InlineData("not built on ScopedTasksAnalyzer")]
    [InlineData("not declared as an analyzer")]
    public void Names_an_analyzer_outside_the_house(string expected) =>
        Assert.Contains(ShippedTypes.AnalyzerViolations(typeof(Stranger)), violation => violation.Contains(expected));

    [Theory]
    [InlineData("not sealed")]
    [InlineData("not built on Building/CodeFix")]
    [InlineData("not exported")]
    [InlineData("marked as shared")]
    public void Names_a_fix_outside_the_house(string expected) =>
        Assert.Contains(ShippedTypes.FixViolations(typeof(Stranger)), violation => violation.Contains(expected));

    [Shared]
    private class Stranger;

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class SharedAttribute : Attribute;
}
