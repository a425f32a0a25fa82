using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace ScopedTasks.Demo;

/// <summary>A diagnostic that a compiler logged.</summary>
public sealed record Finding(string Id, string Severity, string File, int Line, string Message)
{
    /// <summary>The package reports it, or repairs it (the compiler's CS4014).</summary>
    public bool IsOurs => Id == "CS4014" || Id.StartsWith("SCOPE", StringComparison.Ordinal);

    public bool IsTheCompilers => Id.StartsWith("CS", StringComparison.Ordinal);
}

/// <summary>What a build of all projects reported, in order.</summary>
public sealed record Log(IReadOnlyList<Finding> Ours, IReadOnlyList<Finding> Others)
{
    public static Log Read(IEnumerable<string> files, Copy copy)
    {
        // A file that two projects or two frameworks compile is reported by each.
        var findings = files.SelectMany(file => Parse(file, copy)).Distinct()
            .OrderBy(place => place.Finding.File, StringComparer.Ordinal)
            .ThenBy(place => place.Finding.Line).ThenBy(place => place.Column)
            .ThenBy(place => place.Finding.Id, StringComparer.Ordinal)
            .Select(place => place.Finding)
            .ToLookup(finding => finding.IsOurs);
        return new Log([.. findings[true]], [.. findings[false].Where(other => other.Severity != "suggestion")]);
    }

    /// <summary>What others report more often in a file than they did before.</summary>
    public IEnumerable<Finding> OthersSince(Log before)
    {
        var known = before.Others.CountBy(Key).ToDictionary();
        return Others.GroupBy(Key)
            .SelectMany(group => group.Skip(known.GetValueOrDefault(group.Key)));

        static (string Id, string File) Key(Finding finding) => (finding.Id, finding.File);
    }

    private static IEnumerable<(Finding Finding, int Column)> Parse(string file, Copy copy) =>
        JsonNode.Parse(File.ReadAllText(file))!["runs"]![0]!["results"]!.AsArray()
            .Where(result => result!["suppressions"] is not JsonArray { Count: > 0 })
            .Select(result => Parse(result!, copy));

    private static (Finding Finding, int Column) Parse(JsonNode result, Copy copy)
    {
        var place = result["locations"]?[0]?["physicalLocation"];
        var uri = (string?)place?["artifactLocation"]?["uri"];
        var finding = new Finding(
            (string)result["ruleId"]!,
            (string?)result["level"] switch { "note" => "suggestion", null => "warning", var level => level },
            Uri.TryCreate(uri, UriKind.Absolute, out var absolute) ? copy.NameOf(absolute.LocalPath) : uri ?? "",
            (int?)place?["region"]?["startLine"] ?? 0,
            (string)result["message"]!["text"]!);
        return (finding, (int?)place?["region"]?["startColumn"] ?? 0);
    }
}
