using System;
using System.Collections.Generic;
using System.Linq;

namespace ScopedTasks.Demo;

/// <summary>A line of a changed file: taken out, put in, or as it was; with its number in the old file.</summary>
public sealed record Edit(char Mark, int Line, string Text);

/// <summary>A file before and after.</summary>
public sealed class Change
{
    private const int Context = 2;

    private readonly Lazy<List<Edit>> _edits;

    public Change(string file, string before, string after)
    {
        File = file;
        _edits = new(() => [.. Compare(Lines(before), Lines(after))]);
    }

    public string File { get; }

    public static List<Change> Between(
        SortedDictionary<string, string> before, SortedDictionary<string, string> after)
        => [.. before.Where(old => after.TryGetValue(old.Key, out var now) && now != old.Value)
            .Select(old => new Change(old.Key, old.Value, after[old.Key]))];

    /// <summary>The changed lines and those around them; null between two places.</summary>
    public IEnumerable<Edit?> Excerpt()
    {
        var edits = _edits.Value;
        var last = -1;
        foreach (var index in Shown(edits))
        {
            if (index != last + 1 || last < 0)
            {
                yield return null;
            }

            yield return edits[last = index];
        }
    }

    private static SortedSet<int> Shown(List<Edit> edits) =>
    [
        .. edits.Index().Where(edit => edit.Item.Mark != ' ')
            .SelectMany(edit => Enumerable.Range(edit.Index - Context, (2 * Context) + 1))
            .Where(index => index >= 0 && index < edits.Count),
    ];

    /// <summary>The shortest way from one to the other (Myers 1986): cheap for long files with few changes.</summary>
    private static List<Edit> Compare(string[] before, string[] after)
    {
        var most = before.Length + after.Length;
        var reached = new Dictionary<int, int> { [1] = 0 };
        var history = new List<Dictionary<int, int>>();
        for (var distance = 0; distance <= most; distance++)
        {
            history.Add(new(reached));
            for (var diagonal = -distance; diagonal <= distance; diagonal += 2)
            {
                var x = IsInsertion(reached, diagonal, distance) ? reached[diagonal + 1] : reached[diagonal - 1] + 1;
                while (x < before.Length && x - diagonal < after.Length && before[x] == after[x - diagonal])
                {
                    x++;
                }

                reached[diagonal] = x;
                if (x >= before.Length && x - diagonal >= after.Length)
                {
                    return Walk(history, before, after);
                }
            }
        }

        return [];
    }

    private static bool IsInsertion(Dictionary<int, int> reached, int diagonal, int distance) =>
        diagonal == -distance || (diagonal != distance && reached[diagonal - 1] < reached[diagonal + 1]);

    private static List<Edit> Walk(List<Dictionary<int, int>> history, string[] before, string[] after)
    {
        var edits = new List<Edit>();
        var (x, y) = (before.Length, after.Length);
        for (var distance = history.Count - 1; distance >= 0; distance--)
        {
            var reached = history[distance];
            var diagonal = x - y;
            var previous = IsInsertion(reached, diagonal, distance) ? diagonal + 1 : diagonal - 1;
            var start = reached[previous];
            while (x > 0 && y > 0 && (distance == 0 || (x > start && y > start - previous)))
            {
                edits.Add(new(' ', x--, before[x]));
                y--;
            }

            if (distance > 0)
            {
                edits.Add(previous > diagonal ? new('+', x + 1, after[--y]) : new('-', x--, before[x]));
            }
        }

        edits.Reverse();
        return edits;
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
