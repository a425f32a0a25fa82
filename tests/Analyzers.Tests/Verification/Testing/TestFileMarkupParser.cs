using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Takes <c>[|x|]</c>, <c>{|name:x|}</c>, <c>{|#0:x|#0}</c> and <c>$$</c> out of a source.</summary>
public static class TestFileMarkupParser
{
    private static readonly Regex Tag =
        new(@"\$\$|\[\||\|\]|\{\|(?<name>[^:|[\]{}]+):|\|\}|\|(?<key>\#\d+)\}");

    public static void GetPositionsAndSpans(
        string input,
        out string output,
        out ImmutableArray<int> positions,
        out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans) =>
        Parse(input, treatPositionIndicatorsAsCode: false, out output, out positions, out spans);

    public static void GetSpans(
        string input,
        bool treatPositionIndicatorsAsCode,
        out string output,
        out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans) =>
        Parse(input, treatPositionIndicatorsAsCode, out output, out _, out spans);

    private static void Parse(
        string input,
        bool treatPositionIndicatorsAsCode,
        out string output,
        out ImmutableArray<int> positions,
        out ImmutableDictionary<string, ImmutableArray<TextSpan>> spans)
    {
        var text = new StringBuilder();
        var open = new List<(string Name, int Start)>();
        var found = new List<(string Name, TextSpan Span)>();
        var places = ImmutableArray.CreateBuilder<int>();
        var read = 0;
        for (var tag = Tag.Match(input); tag.Success; tag = Tag.Match(input, read))
        {
            text.Append(input, read, tag.Index - read);
            read = tag.Index + tag.Length;
            if (tag.Value == "$$" && treatPositionIndicatorsAsCode || IsBracketBeforeEnd(input, tag, open))
            {
                read = tag.Index + (tag.Value == "$$" ? 2 : 1);
                text.Append(input, tag.Index, read - tag.Index);
            }
            else if (tag.Value == "$$")
            {
                places.Add(text.Length);
            }
            else if (tag.Value == "[|" || tag.Groups["name"].Success)
            {
                open.Add((tag.Groups["name"].Value, text.Length));
            }
            else
            {
                var key = tag.Groups["key"].Value;
                var index = key == "" ? open.Count - 1 : open.FindLastIndex(start => start.Name == key);
                if (index < 0)
                    throw new ArgumentException($"Mismatched end tag found at position '{tag.Index}'", nameof(input));

                found.Add((open[index].Name, TextSpan.FromBounds(open[index].Start, text.Length)));
                open.RemoveAt(index);
            }
        }

        if (open.Count > 0)
        {
            throw new ArgumentException(
                $"The input contained '{found.Count + open.Count}' starting spans and '{found.Count}' ending spans.");
        }

        output = text.Append(input, read, input.Length - read).ToString();
        positions = places.ToImmutable();
        spans = found.GroupBy(pair => pair.Name, pair => pair.Span)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray());
    }

    /// <summary>Whether the <c>[</c> of <c>[|]</c> is code, because the rest ends the span that is open.</summary>
    private static bool IsBracketBeforeEnd(string input, Match tag, List<(string Name, int Start)> open) =>
        tag.Value == "[|"
        && open.Count > 0
        && tag.Index + 2 < input.Length
        && input[tag.Index + 2] == (open[^1].Name == "" ? ']' : '}');
}
