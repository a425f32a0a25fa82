using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a local's task gets a group.</summary>
public sealed class UnjoinedLocalBehaviourTests : FixBehaviourTests<UnjoinedLocalAnalyzer, UnjoinedLocalFix>
{
    [Fact]
    public Task The_work_starts_at_once_and_runs_to_its_end() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                Console.WriteLine(await PlaceAsync(2));
            }

            static async Task<int> PlaceAsync(int order)
            {
                var mail = Work.DoAsync("mail " + order);
                Console.WriteLine("mailing");
                await Task.Yield();
                return order + 1;
            }
        }
        """,
        "mail 2 starts",
        "mail 2 ends",
        "3");

    [Fact]
    public Task A_failure_that_nobody_awaited_comes_out_at_the_end() => BringsOut(
        "mail",
        """
        static class Program
        {
            static async Task Main()
            {
                var mail = Work.FailAsync("mail");
                Console.WriteLine("mailing");
                await Work.WaitAsync(1);
                Console.WriteLine("placed");
            }
        }
        """);

    [Fact]
    public Task Nothing_in_a_list_is_lost() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                var mails = new List<Task>();
                mails.Add(Work.DoAsync("first"));
                mails.Add(Work.DoAsync("second"));
                Console.WriteLine(mails.Count);
                await Work.WaitAsync(2);
            }
        }
        """,
        "2",
        "first ends",
        "second ends");

    [Fact]
    public async Task Nothing_runs_when_the_function_has_ended()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    await PlaceAsync();
                    Console.WriteLine("returned");
                    await Work.WaitAsync(1);
                }

                static async Task PlaceAsync()
                {
                    var mail = Work.DoAsync("mail");
                    await Task.Yield();
                    Work.Open();
                }
            }
            """);
        Assert.Equal(["mail starts", "mail ends", "returned"], after.Lines);
        Assert.Equal(before.Lines.Order(), after.Lines.Order());
    }
}

/// <summary>What programs do before and after a group waits on the path that lost a task.</summary>
public sealed class UnjoinedPathBehaviourTests : FixBehaviourTests<UnjoinedPathAnalyzer, UnjoinedPathFix>
{
    private const string Pricing =
        """
        static class Pricing
        {
            public static async Task<int> PriceAsync(int order, CancellationToken ct)
            {
                await Work.DoAsync("price " + order, ct);
                return order * 10;
            }
        }

        """;

    [Fact]
    public Task Every_path_gives_what_it_gave() => Keeps(
        Pricing + """
        static class Program
        {
            static async Task Main()
            {
                Work.Open();
                for (var order = 0; order < 3; order++)
                {
                    Console.WriteLine(await TotalAsync(order, CancellationToken.None));
                }

                await Work.WaitAsync(3);
            }

            static async Task<int> TotalAsync(int order, CancellationToken ct)
            {
                var price = Pricing.PriceAsync(order, ct);
                if (order == 1)
                {
                    return 7;
                }

                return await price;
            }
        }
        """,
        "0",
        "7",
        "20");

    [Fact]
    public async Task The_path_that_needs_no_result_cancels_it()
    {
        var (before, after) = await RunAsync(
            Pricing + """
            static class Program
            {
                static async Task Main() => Console.WriteLine(await TotalAsync(1, CancellationToken.None));

                static async Task<int> TotalAsync(int order, CancellationToken ct)
                {
                    var price = Pricing.PriceAsync(order, ct);
                    if (order == 1)
                    {
                        return 7;
                    }

                    return await price;
                }
            }
            """);
        Assert.Null(after.Failure);
        Assert.Equal(new[] { "price 1 starts", "7" }, before.Lines);
        Assert.Equal(new[] { "price 1 starts", "price 1 is cancelled", "7" }, after.Lines);
    }

    [Fact]
    public Task A_failure_on_the_path_that_lost_it_comes_out() => BringsOut(
        "mail",
        """
        static class Program
        {
            static async Task Main()
            {
                await PlaceAsync(waits: false);
                Console.Write("");
            }

            static async Task PlaceAsync(bool waits)
            {
                var mail = Work.FailAsync("mail");
                await Work.WaitAsync(1);
                Console.WriteLine("placed");
                if (waits)
                {
                    await mail;
                }
            }
        }
        """);
}

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
