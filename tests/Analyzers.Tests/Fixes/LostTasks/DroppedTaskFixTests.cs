using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

public class DroppedTaskFixTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
    [Fact]
    public Task Awaits_a_dropped_call_where_the_compiler_warns() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await StoreAsync(order);
                {|CS4014:MailAsync(order)|};
            }

            Task StoreAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await StoreAsync(order);
                await MailAsync(order);
            }

            Task StoreAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Awaits_a_conditional_call_under_a_null_check() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(Shop? other)
            {
                await Task.Yield();
                {|SCOPE101:other?.MailAsync()|};
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(Shop? other)
            {
                await Task.Yield();
                if (other != null)
                {
                    await other.MailAsync();
                }
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Runs_the_rest_of_the_method_in_a_group() => Fixes(
        """
        class Shop
        {
            async Task<int> PlaceAsync(int id, CancellationToken ct)
            {
                var order = await LoadAsync(id, ct);
                // Tell the customer.
                {|CS4014:MailAsync(order, ct)|};
                await SaveAsync(order, ct);
                return order;
            }

            Task<int> LoadAsync(int id, CancellationToken ct) => Task.FromResult(id);
            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task<int> PlaceAsync(int id, CancellationToken ct)
            {
                var order = await LoadAsync(id, ct);
                // Tell the customer.
                return await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => MailAsync(order, ct));
                    await SaveAsync(order, group.CancellationToken);
                    return order;
                }, TaskGroupOptions.Collect, ct);
            }

            Task<int> LoadAsync(int id, CancellationToken ct) => Task.FromResult(id);
            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup",
        title: "Run in a task group (waits for it; failures come out at the end)");

    [Fact]
    public Task Gives_out_what_is_read_after_the_group() => Fixes(
        """
        class Shop
        {
            async Task<int> PlaceAsync(bool now)
            {
                int stored;
                string name = "";
                if (now)
                {
                    {|CS4014:MailAsync()|};
                    stored = await SaveAsync();
                    name = "stored";
                }
                else
                {
                    stored = 0;
                }

                return stored + name.Length;
            }

            Task<int> SaveAsync() => Task.FromResult(1);
            Task MailAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task<int> PlaceAsync(bool now)
            {
                int stored;
                string name = "";
                if (now)
                {
                    (stored, name) = await TaskGroup.RunAsync(async group =>
                    {
                        group.Spawn(ct => MailAsync(ct));
                        stored = await SaveAsync();
                        name = "stored";
                        return (stored, name);
                    }, TaskGroupOptions.Collect);
                }
                else
                {
                    stored = 0;
                }

                return stored + name.Length;
            }

            Task<int> SaveAsync() => Task.FromResult(1);
            Task MailAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Takes_all_drops_of_the_block_into_one_group() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                {|CS4014:MailAsync(order)|};
                {|CS4014:AuditAsync(order++)|};
                await SaveAsync();
                {|CS4014:Task.Run(() => Compute())|};
            }

            void Compute() { }
            Task SaveAsync() => Task.CompletedTask;
            Task MailAsync(int order) => Task.CompletedTask;
            ValueTask AuditAsync(int order) => default;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    var orderCopy = order;
                    group.Spawn(ct => MailAsync(orderCopy));
                    var order1 = order++;
                    group.Spawn(ct => AuditAsync(order1).AsTask());
                    await SaveAsync();
                    group.SpawnOnThreadPool(ct => Compute());
                }, TaskGroupOptions.Collect);
            }

            void Compute() { }
            Task SaveAsync() => Task.CompletedTask;
            Task MailAsync(int order) => Task.CompletedTask;
            ValueTask AuditAsync(int order) => default;
        }
        """,
        plan: "RunInGroup",
        iterations: 1);

    [Fact]
    public Task Spawns_into_the_group_that_is_in_hand() => Fixes(
        """
        using ScopedTasks;

        class Shop
        {
            void Place(TaskGroup work, int order, CancellationToken stop) => [|MailAsync(order, stop)|];

            Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(TaskGroup work, int order, CancellationToken stop) => work.Spawn(ct => MailAsync(order, ct));

            Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Detaches_where_nobody_can_wait() => Fixes(
        """
        class Shop
        {
            void Place(int order)
            {
                [|MailAsync(order)|];
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order)
            {
                BackgroundTasks.Spawn(ct => MailAsync(order));
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Offers_nothing_without_the_runtime_where_nothing_is_async() => OffersNoFix(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order)|];

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        code: Code.WithoutRuntime);

    [Fact]
    public Task Numbers_the_names_that_are_taken() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;

        class Shop
        {
            async Task PlaceAsync(int group, CancellationToken ct)
            {
                {|CS4014:MailAsync(group, ct)|};
                await SaveAsync(ct);
            }

            Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(int group, CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group1 =>
                {
                    group1.Spawn(ct1 => MailAsync(group, ct1));
                    await SaveAsync(group1.CancellationToken);
                }, TaskGroupOptions.Collect, ct);
            }

            Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup",
        code: Code.CSharp7);

    [Fact]
    public Task Never_leaves_a_loop_from_within_a_group() => OffersNoFix(
        """
        class Shop
        {
            async Task PlaceAsync(int[] orders)
            {
                while (true)
                {
                    if (orders.Length > 0)
                    {
                        {|CS4014:MailAsync()|};
                        if (orders.Length > 1) break;
                        await Task.Yield();
                    }
                }
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");
}
