using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after the outer of two tasks is unwrapped.</summary>
public sealed class NestedTaskBehaviourTests : FixBehaviourTests<NestedTaskAnalyzer, NestedTaskFix>
{
    [Fact]
    public async Task Who_awaits_it_waits_for_the_work()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    await Task.Factory.StartNew(async () =>
                    {
                        for (var i = 0; i < 100; i++) await Task.Yield();
                        Console.WriteLine("mail ends");
                        ended.SetResult();
                    });
                    Console.WriteLine("goes on");
                    await ended.Task;
                }
            }
            """);
        Assert.Equal(new[] { "mail ends", "goes on" }, after.Lines);
        Assert.Equal(2, before.Lines.Length);
    }

    [Fact]
    public Task A_failure_of_the_work_comes_out() => BringsOut(
        "mail",
        """
        static class Program
        {
            static async Task Main()
            {
                await Task.Factory.StartNew(() => Work.FailAsync("mail"));
                Console.Write("");
            }
        }
        """);
}
