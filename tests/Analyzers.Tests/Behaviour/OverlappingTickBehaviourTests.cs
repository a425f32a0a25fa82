using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after the ticks of a timer wait for one another.</summary>
public sealed class OverlappingTickBehaviourTests : FixBehaviourTests<OverlappingTickAnalyzer, OverlappingTickFix>
{
    [Fact]
    public async Task One_tick_at_a_time()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static int running;
                static int most;
                static int ended;

                static async Task Main()
                {
                    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
                    var stopping = StopAsync(timer);
                    while (await timer.WaitForNextTickAsync())
                    {
                        _ = RefreshAsync();
                    }

                    await stopping;
                    Console.WriteLine("at most " + most);
                }

                static async Task StopAsync(PeriodicTimer timer)
                {
                    while (Volatile.Read(ref ended) < 5) await Task.Yield();
                    timer.Dispose();
                }

                static async Task RefreshAsync()
                {
                    most = Math.Max(most, ++running);
                    await Task.Yield();
                    Console.WriteLine("refreshed");
                    running--;
                    ended++;
                }
            }
            """);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.True(after.Lines.Count(line => line == "refreshed") >= 5);
        Assert.Contains("at most 1", after.Lines);
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_the_others()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static int ticks;

                static async Task Main()
                {
                    using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
                    var stopping = StopAsync(timer);
                    while (await timer.WaitForNextTickAsync())
                    {
                        _ = RefreshAsync();
                    }

                    await stopping;
                    Console.WriteLine("stopped");
                }

                static async Task StopAsync(PeriodicTimer timer)
                {
                    while (Volatile.Read(ref ticks) < 3) await Task.Yield();
                    timer.Dispose();
                }

                // The second divides by zero.
                static async Task RefreshAsync()
                {
                    var tick = ++ticks;
                    await Task.Yield();
                    Console.WriteLine("tick " + tick + " of " + 10 / (2 - tick));
                }
            }
            """);
        Assert.Null(before.Failure);
        Assert.Null(after.Failure);
        Assert.Empty(new[] { "stopped", "tick 1 of 10", "tick 3 of -10" }.Except(after.Lines));
    }
}
