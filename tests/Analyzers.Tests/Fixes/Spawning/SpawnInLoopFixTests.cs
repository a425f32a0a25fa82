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
}
