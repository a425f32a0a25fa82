using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a race cancels its losers.</summary>
public sealed class AbandonedRaceBehaviourTests : FixBehaviourTests<AbandonedRaceAnalyzer, AbandonedRaceFix>
{
    [Fact]
    public async Task The_first_wins_and_the_loser_is_cancelled_and_awaited()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main() => Console.WriteLine(await PriceAsync(CancellationToken.None));

                static async Task<int> PriceAsync(CancellationToken ct)
                {
                    var first = await Task.WhenAny(FarAsync(ct), NearAsync(ct));
                    return await first;
                }

                static async Task<int> NearAsync(CancellationToken ct)
                {
                    await Task.Yield();
                    return 1;
                }

                static async Task<int> FarAsync(CancellationToken ct)
                {
                    await Work.DoAsync("far", ct);
                    return 2;
                }
            }
            """);
        Assert.Equal(new[] { "far starts", "1" }, before.Lines);
        Assert.Equal(new[] { "far starts", "far is cancelled", "1" }, after.Lines);
    }
}
