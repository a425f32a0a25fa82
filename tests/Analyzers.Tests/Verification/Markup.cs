using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>Which ids a test's sources mark.</summary>
internal static class Markup
{
    private static readonly Regex Mark = new(@"\[\||\$\$|\{\|(?<id>[^:|[\]{}]+):");

    /// <summary>The marked ids in order of appearance; <c>""</c> stands for marks without an id.</summary>
    public static ImmutableArray<string> IdsIn(IEnumerable<string> sources) =>
    [
        .. sources
            .SelectMany(source => Mark.Matches(source))
            .Select(match => match.Groups["id"].Value)
            .Where(id => !id.StartsWith('#'))
            .Distinct(),
    ];

    public static void RequireIn(string source, Code code)
    {
        if (IdsIn(SourcesOf(source, code)).IsEmpty)
            throw new InvalidOperationException("Nothing is marked: mark the reported code with [|..|] or {|ID:..|}.");
    }

    public static void Forbid(IEnumerable<string> ids, string source)
    {
        var marked = IdsIn([source]).Intersect(ids.Append("")).ToArray();
        if (marked.Length > 0)
            throw new InvalidOperationException("Something is marked, but nothing may be reported: use Reports.");
    }

    /// <summary>The source without its marks.</summary>
    public static string Stripped(string source)
    {
        TestFileMarkupParser.GetPositionsAndSpans(
            source,
            out var code,
            out _,
            out ImmutableDictionary<string, ImmutableArray<TextSpan>> _);
        return code;
    }

    public static IEnumerable<string> SourcesOf(string source, Code code) =>
        code.Sources.Select(file => file.Text).Prepend(source);
}
