using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using ScopedTasks.Runtime.Tests.Support;
using Seeds;
using Xunit;

namespace ScopedTasks.Seeds.Tests;

/// <summary>Holds <c>docs/seeds.md</c> to the programs, the tests and the rules that there are.</summary>
public sealed class DocumentTests
{
    private static readonly (string Document, int Rows)[] s_documents =
        [("S0", 27), ("S1", 38), ("S2", 18), ("S3", 11), ("S4", 18)];

    private static readonly List<Row> s_rows = [.. Read()];

    private static readonly HashSet<string> s_tests = [.. TestNames()];

    [Fact]
    public void Every_row_of_the_documents_is_there_in_order() => Assert.Equal(
        s_documents.SelectMany(document => Enumerable.Range(1, document.Rows)
            .Select(row => $"{document.Document}-{row:D2}")),
        s_rows.Select(row => row.Id));

    [Fact]
    public void What_is_proven_names_its_proof_and_what_is_not_its_reason() => Assert.All(s_rows, row => Assert.True(
        row.State switch
        {
            "proven" => row.Programs.Count + row.Tests.Count + row.Rules.Count > 0,
            "background" => row.Kind == "X",
            _ => row.State.StartsWith("open: ", StringComparison.Ordinal),
        },
        $"{row.Id}: '{row.State}'"));

    [Fact]
    public void Every_program_that_is_named_is_in_its_file() => Assert.All(
        s_rows.SelectMany(row => row.Programs),
        program => Assert.Contains(
            $"[Row(\"{program.Id}\"", File.ReadAllText(Repository.PathOf("docs", program.File))));

    [Fact]
    public void Every_program_is_named_in_its_row()
    {
        var rows = s_rows.ToDictionary(row => row.Id);
        Assert.All(
            SeedProgram.All.Select(program => program.Id).Where(id => Regex.IsMatch(id, "^S[0-9]-[0-9]{2}$")),
            id => Assert.Contains(rows[id].Programs, program => program.Id == id));
    }

    [Fact]
    public void Every_row_that_is_a_program_has_one() => Assert.All(
        s_rows.Where(row => row.Kind == "P" && !row.State.StartsWith("open", StringComparison.Ordinal)),
        row => Assert.Contains(row.Programs, program => program.Id == row.Id));

    [Fact]
    public void Every_test_that_is_named_is_a_test() =>
        Assert.All(s_rows.SelectMany(row => row.Tests), test => Assert.Contains(test, s_tests));

    [Fact]
    public void Every_rule_that_is_named_has_its_page() => Assert.All(
        s_rows.SelectMany(row => row.Rules), rule => Assert.True(File.Exists(Repository.PathOf("docs", rule)), rule));

    private static IEnumerable<Row> Read() =>
        from line in File.ReadLines(Repository.PathOf("docs", "seeds.md"))
        where Regex.IsMatch(line, @"^\| S[0-9]-")
        let cells = line.Split('|').Select(cell => cell.Trim()).ToArray()
        select new Row(
            cells[1],
            cells[2],
            [.. Regex.Matches(cells[4], @"\[(S[^\]]+)\]\(([^)]+\.cs)\)")
                .Select(match => (match.Groups[1].Value, match.Groups[2].Value))],
            [.. Regex.Matches(cells[4], "`([^`]+)`").Select(match => match.Groups[1].Value)],
            [.. Regex.Matches(cells[4], @"\[SCOPE[0-9]+\]\(([^)]+)\)").Select(match => match.Groups[1].Value)],
            cells[5]);

    private static IEnumerable<string> TestNames() =>
        from folder in new[] { "Runtime.Tests", "Seeds.Tests" }
        from file in Directory.EnumerateFiles(Repository.PathOf("tests", folder), "*.cs", SearchOption.AllDirectories)
        from Match match in Regex.Matches(
            File.ReadAllText(file),
            @"\[(?:Fact|InlineData|MemberData)\b[^\n]*\n\s+public (?:async )?(?:Task|void) (\w+)\(")
        select match.Groups[1].Value;

    /// <summary>A row of the tables.</summary>
    private sealed record Row(
        string Id,
        string Kind,
        List<(string Id, string File)> Programs,
        List<string> Tests,
        List<string> Rules,
        string State);
}
