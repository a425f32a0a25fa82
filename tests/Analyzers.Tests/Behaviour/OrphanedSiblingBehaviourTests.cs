using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after siblings are awaited together.</summary>
public sealed class OrphanedSiblingBehaviourTests : FixBehaviourTests<OrphanedSiblingAnalyzer, OrphanedSiblingFix>
{
    [Fact]
    public Task Both_values_arrive() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                var user = NumberAsync(1);
                var cart = NumberAsync(2);
                Console.WriteLine(await user + await cart);
            }

            static async Task<int> NumberAsync(int number)
            {
                await Task.Yield();
                Console.WriteLine("number " + number);
                return number;
            }
        }
        """,
        "3");

    [Fact]
    public async Task The_failure_of_one_cancels_the_other_and_waits_for_it()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var failing = Work.FailAsync("failing");
                    var slow = Work.DoAsync("slow");
                    await failing;
                    await slow;
                }
            }
            """);
        Assert.Equal("failing", before.Failure!.Message);
        Assert.Equal("failing", after.Failure!.Message);
        Assert.DoesNotContain("slow is cancelled", before.Lines);
        Assert.Contains("slow is cancelled", after.Lines);
    }
}
