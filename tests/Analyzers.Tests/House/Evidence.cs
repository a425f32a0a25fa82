using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>What was read of one rule's reports on public code, and what severity that allows.</summary>
internal sealed class Evidence
{
    public const string Folder = "docs/evidence";
    public const string Readme = Folder + "/README.md";

    /// <summary>Reports that must have been read before their share of right ones says anything.</summary>
    public const int Enough = 20;

    private const string Head = "repository,commit,path:line,verdict,reason";

    private static readonly string[] Verdicts = ["right", "wrong", "doubtful"];

    private readonly SourceFile _file;
    private readonly string[] _lines;
    private readonly string[][] _rows;

    public Evidence(SourceFile file)
    {
        _file = file;
        _lines = file.Text.TrimEnd('\n').Split('\n');
        _rows = [.. _lines.Skip(1).Select(Fields)];
    }

    public string Id => _file.Name[..^".csv".Length];

    public int Read => _rows.Length;

    public int Repositories => _rows.Select(row => row[0]).Distinct().Count();

    public static IEnumerable<Evidence> All() => Repository.Files(Folder, "*.csv").Select(file => new Evidence(file));

    public static Evidence None(string id) => new(new($"{Folder}/{id}.csv", Head));

    public int Count(string verdict) => _rows.Count(row => row.Length > 3 && row[3] == verdict);

    /// <summary>What is wrong with the file itself.</summary>
    public IEnumerable<string> Malformed()
    {
        if (_lines[0] != Head)
        {
            yield return $"{_file.Path}(1): the head is not {Head}";
        }

        foreach (var (row, line) in _rows.Select((row, index) => (row, index + 2)))
        {
            if (Complaint(row) is { } complaint)
            {
                yield return $"{_file.Path}({line}): {complaint}";
            }
        }

        foreach (var twice in _rows.GroupBy(row => (row[0], row.ElementAtOrDefault(2))).Where(rows => rows.Count() > 1))
        {
            yield return $"{_file.Path}: {twice.Key.Item1} {twice.Key.Item2} is there twice";
        }
    }

    /// <summary>A warning keeps its severity while at least 19 of 20 of its reports are right.</summary>
    public IEnumerable<string> Severities(IEnumerable<DiagnosticDescriptor> rules)
    {
        if (rules.FirstOrDefault(rule => rule.Id == Id) is not { } known)
        {
            yield return $"{_file.Path}: there is no rule {Id}";
        }
        else if (known.DefaultSeverity >= DiagnosticSeverity.Warning
            && Read >= Enough
            && Count("right") * 20 < Read * 19)
        {
            yield return $"{Id} is a warning, and only {Count("right")} of {Read} read reports are right";
        }
    }

    /// <summary>The sums of all rules about code, as the readme of the folder shows them.</summary>
    public static string Table(IEnumerable<DiagnosticDescriptor> rules, IEnumerable<Evidence> all)
    {
        var byId = all.ToDictionary(evidence => evidence.Id);
        var table = new StringBuilder("| Rule | Severity | Read | Right | Wrong | Doubtful | Repositories | |\n");
        table.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (var rule in rules.Where(rule => rule.Category != Catalogue.Families.Configuration))
        {
            var evidence = byId.GetValueOrDefault(rule.Id) ?? None(rule.Id);
            var counts = string.Join(" | ", Verdicts.Select(evidence.Count));
            var note = evidence.Read switch { 0 => "no report yet", < Enough => "few", _ => "" };
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {Link(evidence)} | {GeneratedDocs.Severity(rule)} | {evidence.Read} | {counts} "
                + $"| {evidence.Repositories} | {note} |\n");
        }

        return table.ToString();
    }

    private static string Link(Evidence evidence) =>
        evidence.Read == 0 ? evidence.Id : $"[{evidence.Id}]({evidence.Id}.csv)";

    private static string? Complaint(string[] row) => row switch
    {
        not [_, _, _, _, _] => $"there are {row.Length} fields, not 5",
        [var repository, ..] when !Regex.IsMatch(repository, @"^[\w.-]+/[\w.-]+$") =>
            $"'{repository}' is no owner/name",
        [_, var commit, ..] when !Regex.IsMatch(commit, "^[0-9a-f]{40}$") => $"'{commit}' is no commit",
        [_, _, var place, ..] when !Regex.IsMatch(place, @"^[^/\\:][^\\:]*\.\w+:[1-9][0-9]*$") =>
            $"'{place}' is no path:line",
        [_, _, _, var verdict, _] when !Verdicts.Contains(verdict) => $"'{verdict}' is no verdict",
        [.., ""] => "the reason is missing",
        _ => null,
    };

    // Commas count outside quotes; a quote inside quotes is doubled.
    private static string[] Fields(string line) =>
    [
        .. Regex.Matches(line, "(?:^|,)(?:\"(?<text>(?:[^\"]|\"\")*)\"|(?<text>[^,\"]*))(?=,|$)")
            .Select(field => field.Groups["text"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)),
    ];
}
