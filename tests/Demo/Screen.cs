using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ScopedTasks.Demo;

/// <summary>What is seen: headings, tables, diffs, in colour where the terminal has some; long ones are cut.</summary>
public sealed class Screen(TextWriter output, bool colours)
{
    private const int MostFindings = 60;

    private const int MostLines = 400;

    public void Line(string text) => output.WriteLine(text);

    public void Heading(string text) => Line($"\n{Paint("1", text)}\n{new string('=', text.Length)}");

    public void Command(string[] arguments) => Line(Paint("2", $"> dotnet {string.Join(' ', arguments)}"));

    public void Failure(string text) => Line(Paint("31", $"FAILED\n{text}"));

    public void Table(IReadOnlyList<Finding> findings)
    {
        var width = findings.Take(MostFindings).Select(finding => Place(finding).Length).DefaultIfEmpty().Max();
        foreach (var finding in findings.Take(MostFindings))
        {
            var severity = Paint(finding.Severity == "suggestion" ? "36" : "33", finding.Severity.PadRight(10));
            Line($"{finding.Id,-8}  {severity}  {Place(finding).PadRight(width)}  {finding.Message}");
        }

        Cut(findings.Count - MostFindings, "findings");
        var counts = findings.CountBy(finding => finding.Severity).Select(pair => $", {pair.Key}: {pair.Value}");
        Line($"Findings: {findings.Count}{string.Concat(counts)}");
    }

    /// <summary>How many there were of each rule, in how many files, and what is left.</summary>
    public void Summary(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after)
    {
        Line("Rule      found  in files  left");
        foreach (var rule in before.Concat(after).Select(finding => finding.Id).Distinct().Order())
        {
            var found = before.Where(finding => finding.Id == rule).ToList();
            var files = found.Select(finding => finding.File).Distinct().Count();
            Line($"{rule,-8}  {found.Count,5}  {files,8}  {after.Count(finding => finding.Id == rule),4}");
        }
    }

    public void Comparison(List<Mistake> mistakes)
    {
        foreach (var mistake in mistakes)
        {
            Line($"{Paint("1", mistake.Name)}  {string.Join(", ", mistake.Ids)}  {mistake.File}");
            Line($"  before  {Paint(mistake.Before.Healthy ? "32" : "31", mistake.Before.Fact)}");
            Line($"  after   {Paint(mistake.After.Healthy ? "32" : "31", mistake.After.Fact)}");
        }
    }

    public void Diff(IReadOnlyList<Change> changes)
    {
        var (lines, files) = (0, 0);
        foreach (var change in changes.TakeWhile(_ => lines < MostLines))
        {
            files++;
            Line(Paint("1", $"--- {change.File}\n+++ {change.File}"));
            lines += Diff(change);
        }

        Cut(changes.Count - files, "changed files");
    }

    private int Diff(Change change)
    {
        var place = true;
        var lines = 0;
        foreach (var edit in change.Excerpt())
        {
            if (edit is null)
            {
                place = true;
                continue;
            }

            Line((place ? Paint("36", $"@@ line {edit.Line} @@\n") : "") + Paint(Colour(edit), Text(edit)));
            place = false;
            lines++;
        }

        return lines;
    }

    public static string Text(Edit edit) => $"{edit.Mark} {edit.Text}".TrimEnd();

    private void Cut(int count, string what)
    {
        if (count > 0) Line($"... and {count} more {what}: --json has all.");
    }

    private static string Colour(Edit edit) => edit.Mark switch { '+' => "32", '-' => "31", _ => "0" };

    private static string Place(Finding finding) => $"{finding.File}:{finding.Line}";

    private string Paint(string colour, string text) => colours ? $"\e[{colour}m{text}\e[0m" : text;
}
