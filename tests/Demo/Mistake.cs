using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ScopedTasks.Demo;

/// <summary>What a scenario of the Shop saw.</summary>
public sealed record Observation(string Name, string File, bool Healthy, string Fact)
{
    private static readonly Regex Shape = new(@"^\[(fine|suffers)\] (.+?) \((.+?)\): (.+)$");

    public static Observation? Parse(string line) => Shape.Match(line.TrimEnd()) is { Success: true } match
        ? new(match.Groups[2].Value, match.Groups[3].Value, match.Groups[1].Value == "fine", match.Groups[4].Value)
        : null;
}

/// <summary>A mistake of the Shop: what was reported for it, what it did, and what it does no longer.</summary>
public sealed record Mistake(string Name, string File, string[] Ids, Observation Before, Observation After)
{
    public static List<Mistake> Join(
        IReadOnlyList<Finding> findings, IReadOnlyList<Observation> before, IReadOnlyList<Observation> after)
        => [.. before.Select(old => new Mistake(
            old.Name,
            old.File,
            [.. findings.Where(finding => finding.File == old.File).Select(finding => finding.Id).Distinct()],
            old,
            after.FirstOrDefault(now => now.Name == old.Name) ?? old with { Fact = "was not run" }))];
}
