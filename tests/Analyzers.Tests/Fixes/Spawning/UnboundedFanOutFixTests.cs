using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Spawning;

public class UnboundedFanOutFixTests : RuleTests<UnboundedFanOutAnalyzer, UnboundedFanOutFix>
{
    [Fact]
    public Task Bounds_a_list_of_tasks() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders, CancellationToken ct)
            {
                var tasks = new List<Task>();
                foreach (var order in orders)
                {
                    tasks.Add({|SCOPE402:StoreAsync(order, ct)|});
                }

                await Task.WhenAll(tasks);
            }

            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders, CancellationToken ct)
            {
                await TaskGroup.ForEachAsync(orders, (order, ct) => StoreAsync(order, ct), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct);
            }

            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Keeps_the_results_of_a_selection() => Fixes(
        """
        class Shop
        {
            async Task<int> PriceAsync(IEnumerable<int> items, CancellationToken ct)
            {
                var prices = await Task.WhenAll(items.Select(item => {|SCOPE402:PriceAsync(item, ct)|}));
                return prices.Sum();
            }

            Task<int> PriceAsync(int item, CancellationToken ct) => Task.FromResult(1);
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task<int> PriceAsync(IEnumerable<int> items, CancellationToken ct)
            {
                var prices = await TaskGroup.SelectAsync(items, (item, ct) => PriceAsync(item, ct), maxConcurrency: 16, cancellationToken: ct);
                return prices.Sum();
            }

            Task<int> PriceAsync(int item, CancellationToken ct) => Task.FromResult(1);
        }
        """);

    [Fact]
    public Task Keeps_the_body_of_an_async_lambda() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders, CancellationToken ct)
            {
                await Task.WhenAll(orders.Select({|SCOPE402:async order =>
                {
                    var row = await ReadAsync(order, ct);
                    await StoreAsync(row, ct);
                }|}));
            }

            Task<int> ReadAsync(int order, CancellationToken ct) => Task.FromResult(order);
            Task StoreAsync(int row, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders, CancellationToken ct)
            {
                await TaskGroup.ForEachAsync(orders, async (order, ct) =>
                {
                    var row = await ReadAsync(order, ct);
                    await StoreAsync(row, ct);
                }, new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct);
            }

            Task<int> ReadAsync(int order, CancellationToken ct) => Task.FromResult(order);
            Task StoreAsync(int row, CancellationToken ct) => Task.CompletedTask;
        }
        """);
}
