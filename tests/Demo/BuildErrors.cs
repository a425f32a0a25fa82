using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace ScopedTasks.Demo;

/// <summary>The errors in what a build or a restore printed, each once.</summary>
public sealed class BuildErrors(string output, Copy copy)
{
    private const int Most = 10;

    private static readonly Regex Line = new(
        @"^\s*(?<file>\S.*?)(?<place>\([\d,]+\))?\s*: error (?<error>\w+\s*: .*?)( \[[^\[\]]+\])?$");

    private readonly List<string> _lines =
    [
        .. output.Split('\n').Select(line => Line.Match(line.TrimEnd())).Where(match => match.Success)
            .Select(match => Short(match, copy)).Distinct(),
    ];

    public override string ToString() => _lines switch
    {
        [] => string.Join('\n', output.TrimEnd().Split('\n').TakeLast(Most)),
        { Count: > Most } => $"{string.Join('\n', _lines.Take(Most))}\nand {_lines.Count - Most} more",
        _ => string.Join('\n', _lines),
    };

    private static string Short(Match match, Copy copy)
    {
        var (file, place, error) = (match.Groups["file"].Value, match.Groups["place"].Value, match.Groups["error"]);
        return $"{(Path.IsPathRooted(file) && copy.Contains(file) ? copy.NameOf(file) : file)}{place}: error {error}";
    }
}
