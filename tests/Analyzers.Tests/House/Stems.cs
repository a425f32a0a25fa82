using System;
using System.Collections.Generic;
using System.Linq;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>One rule as its names go: the id, the stem, the family.</summary>
internal sealed record RuleName(string Id, string Stem, string Family);

/// <summary>
/// Whether one stem names a rule everywhere: analyzer, fix, tests and page, in the folders of its family.
/// </summary>
internal static class Stems
{
    private const string Analyzers = "src/Rules/";
    private const string Fixes = "src.CodeFixes/Fixes/";
    private const string Tests = "tests/Analyzers.Tests/Rules/";
    private const string FixTests = "tests/Analyzers.Tests/Fixes/";
    private const string Pages = "docs/rules/";

    public static IEnumerable<string> Violations(
        IReadOnlyCollection<RuleName> rules, IReadOnlyCollection<string> paths) =>
        paths.SelectMany(path => Strays(path, rules)).Concat(Missing(rules, [.. paths]));

    // A rule is there as soon as one of its parts is; then its analyzer, tests and page have to be.
    private static IEnumerable<string> Missing(IEnumerable<RuleName> rules, HashSet<string> paths)
    {
        foreach (var rule in rules)
        {
            string[] parts =
            [
                $"{Analyzers}{rule.Family}/{rule.Stem}Analyzer.cs",
                $"{Tests}{rule.Family}/{rule.Stem}Tests.cs",
                $"{Pages}{rule.Id}.md",
            ];
            var fix = $"{Fixes}{rule.Family}/{rule.Stem}Fix.cs";
            foreach (var part in parts.Where(part => !paths.Contains(part)))
            {
                if (parts.Append(fix).Any(paths.Contains))
                {
                    yield return $"{rule.Id} {rule.Stem}: {part} is missing";
                }
            }
        }
    }

    private static IEnumerable<string> Strays(string path, IReadOnlyCollection<RuleName> rules)
    {
        if (path.StartsWith(Pages, StringComparison.Ordinal))
        {
            return path == Pages + "README.md" || rules.Any(rule => path == $"{Pages}{rule.Id}.md")
                ? []
                : [$"{path} is the page of no rule"];
        }

        return Stray(path, Analyzers, "Analyzer.cs", (stem, rule) => stem == rule.Stem, rules)
            .Concat(Stray(path, Fixes, "Fix.cs", (stem, rule) => stem == rule.Stem, rules))
            .Concat(Stray(path, Tests, "Tests.cs", (stem, rule) => stem.StartsWith(rule.Stem), rules))
            .Concat(Stray(path, FixTests, "Tests.cs", (stem, rule) => stem.StartsWith(rule.Stem + "Fix"), rules));
    }

    private static IEnumerable<string> Stray(
        string path,
        string folder,
        string suffix,
        Func<string, RuleName, bool> matches,
        IEnumerable<RuleName> rules)
    {
        var parts = path.StartsWith(folder, StringComparison.Ordinal) ? path[folder.Length..].Split('/') : [];
        if (parts is [var family, var file])
        {
            var stem = file.EndsWith(suffix, StringComparison.Ordinal) ? file[..^suffix.Length] : null;
            if (stem is null || !rules.Any(rule => rule.Family == family && matches(stem, rule)))
            {
                yield return $"{path} has the name of no rule of the family {family}";
            }
        }
        else if (parts.Length > 2)
        {
            yield return $"{path} is deeper than its family's folder";
        }
    }
}
