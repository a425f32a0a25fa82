using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after work becomes a child of the group in hand.</summary>
public sealed class SpawnBehaviourTests : BehaviourTests
{
    [Fact]
    public async Task The_group_waits_for_the_work()
    {
        var (before, after) = await RunAsync(
            Spawn,
            """
            static class Program
            {
                static async Task Main()
                {
                    var placing = ScopedTasks.TaskGroup.RunAsync(group => { _ = Work.DoAsync("mail"); });
                    if (!placing.IsCompleted) Work.Open();
                    await placing;
                    Console.WriteLine("placed");
                }
            }
            """);

        Assert.Equal(["mail starts", "placed"], before.Lines);
        Assert.Equal(["mail starts", "mail ends", "placed"], after.Lines);
    }

    [Fact]
    public Task A_failure_comes_out() => BringsOut(
        "mail",
        Spawn,
        """
        static class Program
        {
            static async Task Main() => await ScopedTasks.TaskGroup.RunAsync(async group =>
            {
                _ = Work.FailAsync("mail");
                await Task.CompletedTask;
            });
        }
        """);

    [Fact]
    public async Task The_work_is_cancelled_with_the_group()
    {
        var (before, after) = await RunAsync(
            Spawn,
            """
            static class Program
            {
                static async Task Main()
                {
                    try
                    {
                        await ScopedTasks.TaskGroup.RunAsync(group =>
                        {
                            Task.Run(() => Work.DoAsync("mail", group.CancellationToken)).Wait(0);
                            _ = Work.DoAsync("audit", group.CancellationToken);
                            throw new InvalidOperationException("body");
                        });
                    }
                    catch (InvalidOperationException e)
                    {
                        Console.WriteLine(e.Message);
                    }
                }
            }
            """);

        Assert.Contains("audit is cancelled", before.Lines);
        Assert.Equal("body", after.Lines.Last(line => line is "body" or "audit is cancelled"));
    }

    [Fact]
    public Task The_work_stays_on_the_thread_pool() => Keeps(
        Spawn,
        """
        static class Program
        {
            static async Task Main()
            {
                await ScopedTasks.TaskGroup.RunAsync(async group =>
                {
                    Task.Run(() => Work.Do(Thread.CurrentThread.IsThreadPoolThread ? "pool" : "thread"));
                    await Work.WaitAsync(1);
                });
            }
        }
        """,
        "pool");

    [Fact]
    public Task The_arguments_are_those_of_the_start() => Keeps(
        Spawn,
        """
        static class Program
        {
            static async Task Main()
            {
                var order = 1;
                await ScopedTasks.TaskGroup.RunAsync(async group =>
                {
                    _ = Work.DoAsync("mail " + order++);
                    _ = Work.DoAsync("mail " + order);
                    order = 7;
                    Work.Open();
                    await Work.WaitAsync(2);
                });
            }
        }
        """,
        "mail 1 ends",
        "mail 2 ends");
}
