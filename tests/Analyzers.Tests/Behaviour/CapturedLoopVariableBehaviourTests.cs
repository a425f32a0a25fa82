using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after work reads a copy of a loop's variable.</summary>
public sealed class CapturedLoopVariableBehaviourTests
    : FixBehaviourTests<CapturedLoopVariableAnalyzer, CapturedLoopVariableFix>
{
    [Fact]
    public async Task Each_piece_of_work_sees_its_own_round()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    var all = new List<Task>();
                    for (var i = 0; i < 4; i++)
                    {
                        all.Add(Task.Run(async () =>
                        {
                            await gate.Task;
                            Console.WriteLine("round " + i);
                        }));
                    }

                    gate.SetResult();
                    await Task.WhenAll(all);
                }
            }
            """);
        Assert.Equal(Enumerable.Repeat("round 4", 4), before.Lines);
        Assert.Equal(["round 0", "round 1", "round 2", "round 3"], after.Lines.Order());
    }

    [Fact]
    public async Task What_the_loop_changes_by_itself_is_copied_too()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    var all = new List<Task>();
                    var page = 0;
                    while (page < 3)
                    {
                        all.Add(Task.Run(async () =>
                        {
                            await gate.Task;
                            Console.WriteLine("page " + page);
                        }));
                        page++;
                    }

                    gate.SetResult();
                    await Task.WhenAll(all);
                }
            }
            """);
        Assert.Equal(Enumerable.Repeat("page 3", 3), before.Lines);
        Assert.Equal(["page 0", "page 1", "page 2"], after.Lines.Order());
    }
}
