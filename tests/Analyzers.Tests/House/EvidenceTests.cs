using System.Linq;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.House;

/// <summary>The verdicts on reports in public code: well-formed, summed up, and kept by the severities.</summary>
public class EvidenceTests
{
    private const string Head = "repository,commit,path:line,verdict,reason\n";
    private const string Commit = "0123456789012345678901234567890123456789";

    private static readonly DiagnosticDescriptor Warning = Catalogue.Descriptors.DroppedTask;
    private static readonly DiagnosticDescriptor Suggestion = Catalogue.Descriptors.DiscardedTask;

    [Fact]
    public void Every_verdict_is_readable() =>
        Verdict.IsClean(Evidence.All().SelectMany(evidence => evidence.Malformed()));

    [Fact]
    public void Severities_keep_to_the_verdicts() =>
        Verdict.IsClean(Evidence.All().SelectMany(evidence => evidence.Severities(ShippedRules.Implemented)));

    [Theory]
    [InlineData($"a/b,{Commit},src/A.cs:1,right", "4 fields")]
    [InlineData($"ab,{Commit},src/A.cs:1,right,because", "no owner/name")]
    [InlineData("a/b,0123,src/A.cs:1,right,because", "no commit")]
    [InlineData($"a/b,{Commit},src/A.cs,right,because", "no path:line")]
    [InlineData($"a/b,{Commit},/src/A.cs:1,right,because", "no path:line")]
    [InlineData($"a/b,{Commit},src/A.cs:1,maybe,because", "no verdict")]
    [InlineData($"a/b,{Commit},src/A.cs:1,right,", "reason is missing")]
    [InlineData($"a/b,{Commit},src/A.cs:1,right,x\na/b,{Commit},src/A.cs:1,wrong,y", "twice")]
    public void Names_what_cannot_be_read(string rows, string expected) =>
        Assert.Contains(Of(Warning.Id, rows).Malformed(), violation => violation.Contains(expected));

    [Fact]
    public void Reads_commas_and_quotes_in_reasons()
    {
        var evidence = Of(Warning.Id, $"a/b,{Commit},src/A.cs:1,right,\"one, \"\"two\"\"\"");

        Assert.Empty(evidence.Malformed());
        Assert.Equal(1, evidence.Count("right"));
    }

    [Theory]
    [InlineData(19, 1, true)]
    [InlineData(18, 2, false)]
    [InlineData(1, 18, true)]
    public void A_warning_needs_nineteen_of_twenty_once_twenty_are_read(int right, int other, bool isAllowed)
    {
        var rows = Enumerable.Range(1, right).Select(line => $"a/b,{Commit},src/A.cs:{line},right,x")
            .Concat(Enumerable.Range(1, other).Select(line => $"a/b,{Commit},src/B.cs:{line},doubtful,x"));
        var verdicts = string.Join("\n", rows);

        Assert.Equal(isAllowed, !Of(Warning.Id, verdicts).Severities([Warning]).Any());
        Assert.Empty(Of(Suggestion.Id, verdicts).Severities([Suggestion]));
    }

    [Fact]
    public void Names_a_file_of_no_rule() =>
        Assert.Contains("there is no rule SCOPE999", Assert.Single(Of("SCOPE999", "").Severities([Warning])));

    [Fact]
    public void Sums_up_and_says_where_little_was_read() =>
        Assert.Equal(
            """
            | Rule | Severity | Read | Right | Wrong | Doubtful | Repositories | |
            |---|---|---|---|---|---|---|---|
            | [SCOPE101](SCOPE101.csv) | warning | 2 | 1 | 0 | 1 | 2 | few |
            | SCOPE102 | suggestion | 0 | 0 | 0 | 0 | 0 | no report yet |

            """,
            Evidence.Table(
                [Warning, Suggestion],
                [Of("SCOPE101", $"a/b,{Commit},A.cs:1,right,x\nc/d,{Commit},A.cs:1,doubtful,y")]));

    private static Evidence Of(string id, string rows) => new(new($"docs/evidence/{id}.csv", Head + rows + "\n"));
}
