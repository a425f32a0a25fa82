using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a loop takes tasks as they end.</summary>
public sealed class WhenAnyLoopBehaviourTests : FixBehaviourTests<WhenAnyLoopAnalyzer, WhenAnyLoopFix>
{
    private protected override Code Code { get; } = Code.Net100 with { Output = OutputKind.ConsoleApplication };

    [Fact]
    public Task Every_result_is_taken_once() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                var left = Enumerable.Range(1, 20).Select(NumberAsync).ToList();
                var sum = 0;
                while (left.Count > 0)
                {
                    var done = await Task.WhenAny(left);
                    left.Remove(done);
                    var number = await done;
                    Console.WriteLine("took " + number);
                    sum += number;
                }

                Console.WriteLine(sum);
            }

            static async Task<int> NumberAsync(int number)
            {
                await Task.Yield();
                return number;
            }
        }
        """,
        "took 1",
        "took 20",
        "210");

    [Fact]
    public async Task A_failure_comes_out_where_it_did()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var left = new List<Task> { Work.FailAsync("mail") };
                    while (left.Count > 0)
                    {
                        var done = await Task.WhenAny(left);
                        left.Remove(done);
                        await done;
                        Console.WriteLine("never");
                    }
                }
            }
            """);
        Assert.Equal("mail", before.Failure!.Message);
        Assert.Equal("mail", after.Failure!.Message);
        Assert.Empty(after.Lines);
    }
}
