using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>Reads the rules that <c>AnalyzerReleases.*.md</c> say are there.</summary>
internal static class ReleaseNotes
{
    public static string LineFor(string stem, DiagnosticDescriptor descriptor) =>
        Line(
            descriptor.Id,
            descriptor.Category,
            descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "Disabled",
            stem);

    /// <summary>The rules after all releases, each as one line, by id.</summary>
    public static IEnumerable<string> Effective(string shipped, string unshipped)
    {
        var rules = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var section = "";
        foreach (var line in (shipped + "\n" + unshipped).Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                section = line[4..];
            }
            else if (line.StartsWith("SCOPE", StringComparison.Ordinal))
            {
                var cells = line.Split('|', StringSplitOptions.TrimEntries);
                if (section == "Removed Rules")
                {
                    rules.Remove(cells[0]);
                }
                else
                {
                    rules[cells[0]] = Line(cells[0], cells[1], cells[2], cells[^1]);
                }
            }
        }

        return rules.Values;
    }

    private static string Line(string id, string category, string severity, string note) =>
        string.Join(" | ", id, category, severity, note);
}
