using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The keys and attributes that our sources read, and whether they are at home and documented.</summary>
internal static class OptionKeys
{
    public const string Home = "src/Catalogue/Options.cs";
    public const string Page = "docs/configuration.md";

    // Every attribute of ours is asked for by its name; the framework's are not for users to put on.
    private static readonly Regex Attribute = new("HasAttribute\\(\"(?!AsyncMethodBuilder|Obsolete)(\\w+)Attribute\"");

    private static readonly Regex Literal = new("\"(scoped_tasks\\.\\w[\\w.]*)\"");

    /// <summary>The keys that a file spells out; one that ends with a dot is the start of a key per rule.</summary>
    public static string[] In(SourceFile file) =>
        [.. Literal.Matches(file.Text).Select(match => match.Groups[1].Value).Distinct()];

    public static bool IsKnown(string key, IEnumerable<string> keys) =>
        keys.Any(known => known.EndsWith('.')
            ? Regex.IsMatch(key, $"^{Regex.Escape(known)}SCOPE(nnn|[0-9]{{3}})$")
            : key == known);

    public static IEnumerable<string> Violations(IReadOnlyCollection<SourceFile> sources, string page)
    {
        var keys = sources.Where(file => file.Path == Home).SelectMany(In).ToArray();
        foreach (var file in sources.Where(file => file.Path != Home))
        {
            foreach (var key in In(file))
            {
                yield return $"{file.Path}: the option {key} is spelt out of {Home}";
            }
        }

        var documented = Regex.Matches(page, @"scoped_tasks\.[\w.]*\w").Select(match => match.Value).ToArray();
        foreach (var key in keys.Where(key => !documented.Any(name => IsKnown(name, [key]))))
        {
            yield return $"{Page}: the option {key} is not documented";
        }

        foreach (var attribute in sources.SelectMany(file => Attribute.Matches(file.Text))
                     .Select(match => $"[{match.Groups[1].Value}]").Distinct())
        {
            if (!page.Contains($"`{attribute}`"))
            {
                yield return $"{Page}: the attribute {attribute} is not documented";
            }
        }

        foreach (var name in documented.Where(name => !IsKnown(name, keys)).Distinct())
        {
            yield return $"{Page}: the option {name} does not exist";
        }
    }
}
