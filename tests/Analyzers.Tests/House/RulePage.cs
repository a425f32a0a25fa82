using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The page of one rule, in its sections.</summary>
internal sealed class RulePage(SourceFile file)
{
    /// <summary>
    /// The sections that a page has, in this order; Fix is left out where the rule has none. A rule about
    /// configuration shows it, and no C#.
    /// </summary>
    private static readonly string[] Sections = ["Violation", "Fix", "Not reported", "Configure"];

    public static string PathOf(string id) => $"docs/rules/{id}.md";

    public IEnumerable<string> StructureViolations(string id)
    {
        var expected = Sections.Where(section => section != "Fix" || !PlanNames.Of(id).IsEmpty);
        var found = Headings().Select(heading => heading.Title).Where(Sections.Contains);
        if (!found.SequenceEqual(expected))
        {
            yield return $"{file.Path}: its sections are {string.Join(", ", found)}, not {string.Join(", ", expected)}";
        }

        var isAboutCode = id[5] != '0';
        foreach (var section in expected.Where(section => isAboutCode && section != "Configure"))
        {
            if (Examples().All(example => example.Section != section))
            {
                yield return $"{file.Path}: there is no example under {section}";
            }
        }
    }

    /// <summary>The C# blocks, each with the setup that the page hides in a comment.</summary>
    public IEnumerable<Example> Examples()
    {
        var setup = Regex.Match(file.Text, @"<!-- setup\n(.*?)-->", RegexOptions.Singleline).Groups[1].Value;
        var headings = Headings().ToArray();
        foreach (Match block in Regex.Matches(file.Text, @"^```csharp\n(.*?)^```", Multiline))
        {
            var section = headings.LastOrDefault(heading => heading.Start < block.Index).Title ?? "";
            yield return new Example(file.Path, section, LineOf(block.Index), block.Groups[1].Value, setup);
        }
    }

    /// <summary>The keys of options, and the ids whose severity is set, under Configure.</summary>
    public IEnumerable<string> ConfigurationViolations(
        IReadOnlyCollection<string> keys, IReadOnlyCollection<string> ids)
    {
        var configure = Headings().FirstOrDefault(heading => heading.Title == "Configure").Start;
        var text = file.Text[configure..];
        var keysNamed = Regex.Matches(text, @"scoped_tasks\.[\w.]*\w").Select(match => match.Value);
        foreach (var key in keysNamed.Where(key => !OptionKeys.IsKnown(key, keys)))
        {
            yield return $"{file.Path}: the option {key} does not exist";
        }

        foreach (Match severity in Regex.Matches(text, @"dotnet_diagnostic\.(\w+)\.severity"))
        {
            if (!ids.Contains(severity.Groups[1].Value))
            {
                yield return $"{file.Path}: the rule {severity.Groups[1].Value} does not exist";
            }
        }
    }

    private const RegexOptions Multiline = RegexOptions.Multiline | RegexOptions.Singleline;

    private IEnumerable<(string Title, int Start)> Headings() =>
        Regex.Matches(file.Text, @"^## ([^\n]*)$", RegexOptions.Multiline)
            .Select(match => (match.Groups[1].Value.Trim(), match.Index));

    private int LineOf(int index) => file.Text.AsSpan(0, index).Count('\n') + 1;
}
