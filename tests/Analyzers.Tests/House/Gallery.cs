using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The marks in a program's comments beside the reports on it.</summary>
internal static class Gallery
{
    public const string Folder = "tests/Samples/Gallery";

    private static readonly Regex Mark = new(@"// (?<id>SCOPE[0-9]{3})(, (?<id>SCOPE[0-9]{3}))*$");

    /// <summary>The marked lines, each as <c>file(line): id</c>.</summary>
    public static IEnumerable<string> Marks(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Text.Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        from mark in Mark.Match(line.Text).Groups["id"].Captures
        select Line(file.Path, line.Number, mark.Value);

    public static IEnumerable<string> Lines(IEnumerable<Diagnostic> reports) =>
        from report in reports
        let start = report.Location.GetLineSpan()
        select Line(start.Path, start.StartLinePosition.Line + 1, report.Id);

    public static IEnumerable<string> Differences(
        IEnumerable<SourceFile> files, IEnumerable<Diagnostic> reports, IEnumerable<string> ids)
    {
        var marks = Marks(files).Where(mark => ids.Any(mark.EndsWith)).ToArray();
        var lines = Lines(reports).ToArray();
        return marks.Except(lines).Select(line => $"{line} is marked and not reported")
            .Concat(lines.Except(marks).Select(line => $"{line} is reported and not marked"));
    }

    private static string Line(string path, int number, string id) => $"{path}({number}): {id}";
}
