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
                Console.WriteLine("import");

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
                Console.WriteLine("import");

                await TaskGroup.ForEachAsync(orders, (order, ct) => StoreAsync(order, ct), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct);
            }

            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Awaits_as_the_await_that_it_replaces() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders, CancellationToken ct)
            {
                await Task.WhenAll(orders.Select(order => {|SCOPE402:StoreAsync(order, ct)|})).ConfigureAwait(false);
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
                await TaskGroup.ForEachAsync(orders, (order, ct) => StoreAsync(order, ct), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct).ConfigureAwait(false);
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

    [Fact]
    public Task Bounds_a_method_group() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders)
            {
                await Task.WhenAll(orders.Where(order => order > 0).Select({|SCOPE402:StoreAsync|}));
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders)
            {
                await TaskGroup.ForEachAsync(orders.Where(order => order > 0), (order, ct) => StoreAsync(order), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Bounds_an_async_lambda() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders, CancellationToken stop)
            {
                var tasks = orders.Select({|SCOPE402:async order =>
                {
                    await CheckAsync(order, stop);
                    await StoreAsync(order, stop);
                }|}).ToList();
                await Task.WhenAll(tasks);
            }

            Task CheckAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders, CancellationToken stop)
            {
                await TaskGroup.ForEachAsync(orders, async (order, ct) =>
                {
                    await CheckAsync(order, ct);
                    await StoreAsync(order, ct);
                }, new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, stop);
            }

            Task CheckAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Keeps_a_loop_that_does_more() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders)
            {
                var tasks = new List<Task>();
                foreach (var order in orders)
                {
                    Console.WriteLine(order);
                    tasks.Add({|SCOPE402:StoreAsync(order)|});
                }

                await Task.WhenAll(tasks);
                Console.WriteLine("done");
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    foreach (var order in orders)
                    {
                        Console.WriteLine(order);
                        await group.SpawnAsync(ct => StoreAsync(order));
                    }
                }, new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });
                Console.WriteLine("done");
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Keeps_the_results_of_a_list() => Fixes(
        """
        class Shop
        {
            async Task<int> SumAsync(IEnumerable<int> orders)
            {
                var tasks = new List<Task<int>>();
                foreach (var order in orders)
                {
                    tasks.Add({|SCOPE402:PriceAsync(order)|});
                }

                var prices = await Task.WhenAll(tasks);
                return prices.Sum();
            }

            Task<int> PriceAsync(int order) => Task.FromResult(1);
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task<int> SumAsync(IEnumerable<int> orders)
            {
                var prices = await TaskGroup.SelectAsync(orders, (order, ct) => PriceAsync(order), maxConcurrency: 16);
                return prices.Sum();
            }

            Task<int> PriceAsync(int order) => Task.FromResult(1);
        }
        """);

    [Fact]
    public Task Does_not_touch_a_list_that_is_used_again() => OffersNoFix(
        """
        class Shop
        {
            async Task ImportAsync(IEnumerable<int> orders)
            {
                var tasks = new List<Task>();
                foreach (var order in orders)
                {
                    tasks.Add({|SCOPE402:StoreAsync(order)|});
                }

                await Task.WhenAll(tasks);
                await Task.WhenAll(tasks);
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """);
}
