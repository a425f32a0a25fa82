using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Spawning;

public class SpawnInLoopFixTests : RuleTests<SpawnInLoopAnalyzer, SpawnInLoopFix>
{
    [Fact]
    public Task Bounds_a_loop_that_only_starts() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IReadOnlyList<int> orders, CancellationToken ct)
            {
                await Task.Yield();
                // All of them.
                foreach (var order in orders)
                {
                    _ = {|SCOPE401:StoreAsync(order, ct)|};
                }
            }

            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(IReadOnlyList<int> orders, CancellationToken ct)
            {
                await Task.Yield();
                // All of them.
                await TaskGroup.ForEachAsync(orders, (order, ct) => StoreAsync(order, ct), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct);
            }

            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Keeps_a_loop_that_does_more() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(List<string> orders, CancellationToken ct)
            {
                foreach (var order in orders)
                {
                    await ValidateAsync(order, ct);
                    {|SCOPE401:StoreAsync(order.Trim(), ct)|}; // later
                }
            }

            Task ValidateAsync(string order, CancellationToken ct) => Task.CompletedTask;
            Task StoreAsync(string text, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(List<string> orders, CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    foreach (var order in orders)
                    {
                        await ValidateAsync(order, group.CancellationToken);
                        var text = order.Trim();
                        await group.SpawnAsync(ct => StoreAsync(text, ct)); // later
                    }
                }, new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect }, ct);
            }

            Task ValidateAsync(string order, CancellationToken ct) => Task.CompletedTask;
            Task StoreAsync(string text, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Supervises_an_endless_loop_that_takes_connections() => Fixes(
        """
        using System.Net.Sockets;

        class Server
        {
            async Task ServeAsync(TcpListener listener, CancellationToken ct)
            {
                while (true)
                {
                    var client = await listener.AcceptTcpClientAsync(ct);
                    _ = {|SCOPE401:HandleAsync(client, ct)|};
                }
            }

            Task HandleAsync(TcpClient client, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using System.Net.Sockets;
        using ScopedTasks;

        class Server
        {
            async Task ServeAsync(TcpListener listener, CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    while (true)
                    {
                        var client = await listener.AcceptTcpClientAsync(group.CancellationToken);
                        await group.SpawnAsync(ct => HandleAsync(client, ct));
                    }
                }, new TaskGroupOptions { MaxConcurrency = 1000, FailureMode = TaskGroupFailureMode.Supervise }, ct);
            }

            Task HandleAsync(TcpClient client, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Takes_a_wrapped_socket_for_the_connection_that_it_is() => Fixes(
        """
        class Server
        {
            async Task ServeAsync(Wire wire, CancellationToken ct)
            {
                while (!ct.IsCancellationRequested)
                {
                    var client = await wire.AcceptAsync(ct);
                    _ = {|SCOPE401:Task.Factory.StartNew(
                        () => HandleAsync(client), ct, TaskCreationOptions.PreferFairness, TaskScheduler.Default)|};
                }
            }

            Task HandleAsync(Wire client) => Task.CompletedTask;
        }

        class Wire
        {
            public Task<Wire> AcceptAsync(CancellationToken ct) => Task.FromResult(this);
        }
        """,
        """
        using ScopedTasks;

        class Server
        {
            async Task ServeAsync(Wire wire, CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    while (!group.CancellationToken.IsCancellationRequested)
                    {
                        var client = await wire.AcceptAsync(group.CancellationToken);
                        await group.SpawnAsync(ct => Task.Factory.StartNew(
                            () => HandleAsync(client), ct, TaskCreationOptions.PreferFairness, TaskScheduler.Default).Unwrap());
                    }
                }, new TaskGroupOptions { MaxConcurrency = 1000, FailureMode = TaskGroupFailureMode.Supervise }, ct);
            }

            Task HandleAsync(Wire client) => Task.CompletedTask;
        }

        class Wire
        {
            public Task<Wire> AcceptAsync(CancellationToken ct) => Task.FromResult(this);
        }
        """);

    [Fact]
    public Task Uses_the_framework_where_there_is_no_runtime() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(int[] orders, CancellationToken ct)
            {
                await Task.Yield();
                foreach (var order in orders) _ = {|SCOPE401:StoreAsync(order, ct)|};
            }

            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task ImportAsync(int[] orders, CancellationToken ct)
            {
                await Task.Yield();
                await Parallel.ForEachAsync(orders, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct }, async (order, ct) => await StoreAsync(order, ct));
            }

            Task StoreAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        code: Code.WithoutRuntime);

    [Fact]
    public Task Keeps_the_value_of_a_counter() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(int[] orders)
            {
                await Task.Yield();
                for (var i = 0; i < orders.Length; i++)
                {
                    _ = {|SCOPE401:StoreAsync(i, orders[i])|};
                }
            }

            Task StoreAsync(int index, int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(int[] orders)
            {
                await Task.Yield();
                await TaskGroup.RunAsync(async group =>
                {
                    for (var i = 0; i < orders.Length; i++)
                    {
                        var iCopy = i;
                        var order = orders[i];
                        await group.SpawnAsync(ct => StoreAsync(iCopy, order));
                    }
                }, new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });
            }

            Task StoreAsync(int index, int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Supervises_the_reader_of_a_channel() => Fixes(
        """
        using System.Threading.Channels;

        class Worker
        {
            private Shop _shop = new();

            async Task ExecuteAsync(ChannelReader<int> orders, CancellationToken stoppingToken)
            {
                await foreach (var order in orders.ReadAllAsync(stoppingToken))
                {
                    _ = {|SCOPE401:_shop.StoreAsync(order)|};
                }
            }
        }

        class Shop
        {
            public Task StoreAsync(int order, CancellationToken cancellationToken = default) => Task.CompletedTask;
        }
        """,
        """
        using System.Threading.Channels;
        using ScopedTasks;

        class Worker
        {
            private Shop _shop = new();

            async Task ExecuteAsync(ChannelReader<int> orders, CancellationToken stoppingToken)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    await foreach (var order in orders.ReadAllAsync(stoppingToken))
                    {
                        var shop = _shop;
                        await group.SpawnAsync(ct => shop.StoreAsync(order, ct));
                    }
                }, new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Supervise });
            }
        }

        class Shop
        {
            public Task StoreAsync(int order, CancellationToken cancellationToken = default) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Takes_the_limit_from_the_options() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(IAsyncEnumerable<int> orders)
            {
                await foreach (var order in orders)
                {
                    _ = {|SCOPE401:Task.Run(() => Store(order))|};
                }
            }

            void Store(int order) { }
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(IAsyncEnumerable<int> orders)
            {
                await TaskGroup.ForEachAsync(orders, (order, ct) => Task.Run(() => Store(order)), new TaskGroupOptions { MaxConcurrency = 4, FailureMode = TaskGroupFailureMode.Collect });
            }

            void Store(int order) { }
        }
        """,
        code: Code.Default with { EditorConfig = "scoped_tasks.max_concurrency = 4" });

    [Fact]
    public Task Waits_for_a_slot_in_a_bounded_group_in_hand() => Fixes(
        """
        using ScopedTasks;

        class Shop
        {
            Task ImportAsync(List<int> orders) => TaskGroup.RunAsync(async work =>
            {
                await Task.Yield();
                foreach (var order in orders)
                {
                    _ = {|SCOPE401:StoreAsync(order)|};
                }
            }, new TaskGroupOptions { MaxConcurrency = 8 });

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            Task ImportAsync(List<int> orders) => TaskGroup.RunAsync(async work =>
            {
                await Task.Yield();
                foreach (var order in orders)
                {
                    await work.SpawnAsync(ct => StoreAsync(order));
                }
            }, new TaskGroupOptions { MaxConcurrency = 8 });

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Does_not_change_a_function_that_is_not_async() => OffersNoFix(
        """
        class Shop
        {
            void Import(List<int> orders)
            {
                foreach (var order in orders)
                {
                    {|SCOPE401:StoreAsync(order)|};
                }
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Does_not_let_work_outlive_what_the_iteration_disposes() => OffersNoFix(
        """
        class Shop
        {
            async Task ImportAsync(List<int> orders)
            {
                await Task.Yield();
                foreach (var order in orders)
                {
                    using var stream = new MemoryStream();
                    _ = {|SCOPE401:StoreAsync(stream)|};
                }
            }

            Task StoreAsync(Stream stream) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Fixes_nested_loops_and_their_neighbours() => Fixes(
        """
        class Shop
        {
            async Task ImportAsync(List<List<int>> batches, List<int> others)
            {
                await Task.Yield();
                foreach (var batch in batches)
                {
                    foreach (var order in batch)
                    {
                        _ = {|SCOPE401:StoreAsync(order)|};
                    }
                }

                foreach (var other in others)
                {
                    _ = {|SCOPE401:StoreAsync(other)|};
                }
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task ImportAsync(List<List<int>> batches, List<int> others)
            {
                await Task.Yield();
                foreach (var batch in batches)
                {
                    await TaskGroup.ForEachAsync(batch, (order, ct) => StoreAsync(order), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });
                }

                await TaskGroup.ForEachAsync(others, (other, ct) => StoreAsync(other), new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });
            }

            Task StoreAsync(int order) => Task.CompletedTask;
        }
        """);
}
