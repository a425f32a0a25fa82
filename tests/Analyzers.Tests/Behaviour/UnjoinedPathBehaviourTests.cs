using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

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
