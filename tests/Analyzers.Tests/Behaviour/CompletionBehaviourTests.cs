using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after their open groups are completed.</summary>
public sealed class CompletionBehaviourTests : BehaviourTests
{
    [Fact]
    public Task A_child_that_was_cut_off_runs_to_its_end() => Turns(
        "mail is cancelled",
        into: "mail ends",
        Complete,
        """
        static class Program
        {
            static async Task Main()
            {
                var placing = PlaceAsync();
                Work.Open();
                await placing;
            }

            static async Task PlaceAsync()
            {
                await using var group = ScopedTasks.TaskGroup.Open();
                group.Spawn(ct => Work.DoAsync("mail", ct));
            }
        }
        """);

    [Fact]
    public Task An_early_return_gives_its_result_when_the_children_have_ended() => Turns(
        "mail is cancelled",
        into: "mail ends",
        Complete,
        """
        static class Program
        {
            static async Task Main()
            {
                var placing = PlaceAsync(3);
                Work.Open();
                Console.WriteLine(await placing);
            }

            static async Task<int> PlaceAsync(int order)
            {
                await using var group = ScopedTasks.TaskGroup.Open();
                group.Spawn(ct => Work.DoAsync("mail", ct));
                if (order == 3) return order + Count();
                await group.CompleteAsync();
                return 0;
            }

            static int Count() { Console.WriteLine("counted"); return 1; }
        }
        """);

    [Fact]
    public Task A_round_of_a_loop_ends_before_the_next() => Turns(
        "mail 0 is cancelled",
        into: "mail 0 ends",
        Complete,
        """
        static class Program
        {
            static async Task Main()
            {
                var placing = PlaceAsync();
                Work.Open();
                await placing;
            }

            static async Task PlaceAsync()
            {
                for (var i = 0; i < 3; i++)
                {
                    var number = i;
                    await using var group = ScopedTasks.TaskGroup.Open();
                    group.Spawn(ct => Work.DoAsync("mail " + number, ct));
                    if (i == 0) continue;
                    if (i == 1) break;
                }
            }
        }
        """);

    [Fact]
    public async Task A_failure_that_came_too_late_comes_out()
    {
        var (before, after) = await RunAsync(
            Complete,
            """
            static class Program
            {
                static async Task Main()
                {
                    var placing = PlaceAsync();
                    Work.Open();
                    await placing;
                }

                static async Task PlaceAsync()
                {
                    await using var group = ScopedTasks.TaskGroup.Open();
                    group.Spawn(async ct =>
                    {
                        await Work.DoAsync("mail");
                        throw new InvalidOperationException("late");
                    });
                }
            }
            """);

        Assert.Null(before.Failure);
        Assert.Equal("late", after.Failure?.Message);
    }

    [Fact]
    public async Task A_failing_body_stops_the_children_and_waits_for_them()
    {
        var (before, after) = await RunAsync(
            Complete,
            """
            static class Program
            {
                static async Task Main()
                {
                    try { await PlaceAsync(); }
                    catch (InvalidOperationException e) { Console.WriteLine(e.Message); }
                }

                static async Task PlaceAsync()
                {
                    var group = ScopedTasks.TaskGroup.Open();
                    group.Spawn(ct => Work.DoAsync("mail", ct));
                    await Task.Yield();
                    Fail();
                    await group.CompleteAsync();
                }

                static void Fail() => throw new InvalidOperationException("body");
            }
            """);

        Assert.Equal(["mail starts", "body"], before.Lines);
        Assert.Equal(["mail is cancelled", "body"], after.Lines.TakeLast(2));
    }
}
