using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The links of a document to files of the repository, and which of them lead nowhere.</summary>
internal static class Links
{
    private static readonly Regex Target = new(@"\]\(([^)#:\s]+)(#[^)]*)?\)");

    public static IEnumerable<string> Broken(SourceFile page, Func<string, bool> exists) =>
        Target.Matches(page.Text).Select(match => match.Groups[1].Value).Distinct()
            .Where(link => !exists(Resolve(page.Folders, link)))
            .Select(link => $"{page.Path}: the link {link} leads nowhere");

    private static string Resolve(IEnumerable<string> folders, string link)
    {
        var path = folders.ToList();
        foreach (var part in link.Split('/'))
        {
            if (part == ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (part is not ("." or ""))
            {
                path.Add(part);
            }
        }

        return string.Join('/', path);
    }
}
