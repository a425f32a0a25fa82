using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>What becomes of a task that one path loses.</summary>
public sealed class UnjoinedPathFixTests : RuleTests<UnjoinedPathAnalyzer, UnjoinedPathFix>
{
    [Fact]
    public Task Waits_for_it_on_every_path() => Fixes(
        Bookings.Async(
            """
            var sent = [|SendAsync(order, ct)|];
            if (order > 5)
            {
                return;
            }

            await SaveAsync(order, ct);
            await sent;
            """),
        Bookings.Async(
            """
            await TaskGroup.RunAsync(async group =>
            {
                var sent = group.Run(ct => SendAsync(order, ct));
                if (order > 5)
                {
                    return;
                }

                await SaveAsync(order, group.CancellationToken);
                await sent;
            }, TaskGroupOptions.Collect, ct);
            """,
            isFixed: true));

    [Fact]
    public Task Cancels_a_value_that_nobody_needs_any_more() => Fixes(
        Bookings.Member(
            """
            async Task<int> PlaceAsync(int order, CancellationToken ct)
                {
                    var price = [|PriceAsync(order, ct)|];
                    if (order > 5)
                    {
                        return 0;
                    }

                    return await price;
                }
            """),
        Bookings.Member(
            """
            async Task<int> PlaceAsync(int order, CancellationToken ct)
                {
                    return await TaskGroup.RunAsync(async group =>
                    {
                        var price = group.Run(ct => PriceAsync(order, ct));
                        if (order > 5)
                        {
                            group.Cancel();
                            return 0;
                        }

                        return await price;
                    }, TaskGroupOptions.Collect, ct);
                }
            """,
            isFixed: true));

    [Fact]
    public Task Leaves_a_join_whose_failure_the_range_handles() => OffersNoFix(
        Bookings.Async(
            """
            var sent = [|SendAsync(order, ct)|];
            if (order > 5) return;
            try { await sent; } catch (TimeoutException) { Console.WriteLine(); }
            """));

    [Theory]
    [InlineData("var sent = [|SendAsync(order, source.Token)|]; if (order > 5) return; source.Cancel(); await sent;")]
    [InlineData("var mine = source.Token; var sent = [|SendAsync(order, mine)|]; if (order > 5) return; "
        + "await source.CancelAsync(); await sent;")]
    public Task Leaves_work_that_the_range_itself_cancels(string statements) =>
        OffersNoFix(Bookings.Async("using var source = new CancellationTokenSource(); " + statements));
}
