using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ScopedTasks.Analyzers.Catalogue;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What the documents say that comes from the descriptors, and what they should be with it.</summary>
internal static class GeneratedDocs
{
    public const string Index = "docs/rules/README.md";
    public const string Readme = "README.md";

    private const string HeaderEnd = "<!-- /header -->\n";

    /// <summary>Every document with a generated part, as it should be; one that exists keeps the rest.</summary>
    public static IEnumerable<SourceFile> Expected(
        IReadOnlyCollection<DiagnosticDescriptor> rules, Func<string, string?> read)
    {
        foreach (var rule in rules)
        {
            var path = RulePage.PathOf(rule.Id);
            yield return new(path, Header(rule) + (read(path) is { } page ? Body(page) : Skeleton(rule.Id)));
        }

        yield return new(Index, IndexOf(rules));
        if (Between("rules", Readme, Table(rules, "docs/rules/"), read) is { } readme)
        {
            yield return readme;
        }

        if (Between("counts", Evidence.Readme, Evidence.Table(rules, Evidence.All()), read) is { } evidence)
        {
            yield return evidence;
        }
    }

    public static string Severity(DiagnosticDescriptor rule) => (rule.IsEnabledByDefault, rule.DefaultSeverity) switch
    {
        (false, _) => "off",
        (_, DiagnosticSeverity.Info) => "suggestion",
        (_, var severity) => severity.ToString().ToLowerInvariant(),
    };

    // The document with new text between its marks; null where it has none.
    private static SourceFile? Between(string mark, string path, string text, Func<string, string?> read)
    {
        var (start, end) = ($"<!-- {mark} -->\n", $"<!-- /{mark} -->");
        if (read(path) is not { } document
            || document.IndexOf(start, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return null;
        }

        var rest = document.IndexOf(end, at, StringComparison.Ordinal);
        return new(path, document[..(at + start.Length)] + text + document[rest..]);
    }

    private static string Header(DiagnosticDescriptor rule) => $"""
        # {rule.Id}: {Text(rule.Title)}

        | | |
        |---|---|
        | Name | `{ShippedRules.StemOf(rule)}` |
        | Family | {rule.Category} |
        | Severity | {Severity(rule)} |
        | Fixes | {Fixes(rule.Id)} |

        {Text(rule.Description)}

        """.ReplaceLineEndings("\n") + HeaderEnd;

    // A page without a header yet gives up its first heading.
    private static string Body(string page)
    {
        var end = page.IndexOf(HeaderEnd, StringComparison.Ordinal);
        return end >= 0
            ? page[(end + HeaderEnd.Length)..]
            : "\n" + Regex.Replace(page, @"\A# [^\n]*\n+", "");
    }

    private static string Skeleton(string id)
    {
        var sections = new StringBuilder();
        foreach (var section in new[] { "Violation", "Fix", "Not reported" })
        {
            if (section != "Fix" || !PlanNames.Of(id).IsEmpty)
            {
                sections.Append($"\n## {section}\n\n```csharp\n```\n");
            }
        }

        return sections.Append("\n## Configure\n").ToString();
    }

    private static string IndexOf(IReadOnlyCollection<DiagnosticDescriptor> rules)
    {
        var index = new StringBuilder("# The rules\n\nWritten by `UPDATE_DOCS=1 dotnet test`.\n");
        foreach (var family in rules.GroupBy(rule => rule.Category))
        {
            index.Append(CultureInfo.InvariantCulture, $"\n## {family.Key}\n\n{Table([.. family], "")}");
        }

        return index.ToString();
    }

    private static string Table(IEnumerable<DiagnosticDescriptor> rules, string folder)
    {
        var rows = rules.Select(rule =>
            $"| [{rule.Id}]({folder}{rule.Id}.md) | {ShippedRules.StemOf(rule)} | {Severity(rule)} "
            + $"| {Text(rule.Title)} | {Fixes(rule.Id)} |\n");
        return "| Rule | Name | Severity | Reports | Fixes |\n|---|---|---|---|---|\n" + string.Concat(rows);
    }

    private static string Fixes(string id) =>
        PlanNames.Of(id) is { IsEmpty: false } plans ? string.Join(" · ", plans) : "none";

    private static string Text(LocalizableString text) => text.ToString(CultureInfo.InvariantCulture);
}
