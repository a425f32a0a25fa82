using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Hosts.CSharp13;

/// <summary>SCOPE107 where collection expressions are known.</summary>
public class RaceTests : RuleTests<AbandonedRaceAnalyzer, AbandonedRaceFix>
{
    [Fact]
    public Task Lists_the_contenders_in_brackets() => Fixes(
        Async("return await await [|Task.WhenAny(NearAsync(1, ct), FarAsync(2, ct))|];"),
        "using ScopedTasks;\n\n" + Async(
            "return await TaskGroup.RaceAsync([ct => NearAsync(1, ct), ct => FarAsync(2, ct)], ct);"),
        code: NewerCode.CSharp13);

    [Fact]
    public Task Reads_the_contenders_in_brackets() => Reports(
        Async("return await await [|Task.WhenAny<int>([NearAsync(1, ct), FarAsync(2, ct)])|];"), NewerCode.CSharp13);

    private static string Async(string statement) =>
        $$"""
        class Shop
        {
            async Task<int> M(CancellationToken ct)
            {
                {{statement}}
            }

            Task<int> NearAsync(int order, CancellationToken ct) => Task.Run(() => order, ct);
            Task<int> FarAsync(int order, CancellationToken ct) => Task.Run(() => order, ct);
        }
        """;
}
