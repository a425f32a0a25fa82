using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

/// <summary>A dropped call and the rest of its block in a task group.</summary>
public class DroppedTaskFixRunInGroupTests : RuleTests<DroppedTaskAnalyzer, DroppedTaskFix>
{
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

    [Fact]
    public Task Runs_the_rest_of_a_top_level_program_in_a_group() => Fixes(
        """
        {|CS4014:MailAsync(1)|};
        await MailAsync(2);

        static Task MailAsync(int order) => Task.CompletedTask;
        """,
        """
        using ScopedTasks;

        await TaskGroup.RunAsync(async group =>
        {
            group.Spawn(ct => MailAsync(1));
            await MailAsync(2);
        }, TaskGroupOptions.Collect);

        static Task MailAsync(int order) => Task.CompletedTask;
        """,
        plan: "RunInGroup",
        code: Code.Program);

    [Fact]
    public Task Leaves_local_functions_outside_the_group() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync()
            {
                {|CS4014:MailAsync()|};
                await SaveAsync();
                return;

                static Task MailAsync() => Task.CompletedTask;
                static Task SaveAsync() => Task.CompletedTask;
            }
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync()
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => MailAsync());
                    await SaveAsync();
                    return;
                }, TaskGroupOptions.Collect);

                static Task MailAsync() => Task.CompletedTask;
                static Task SaveAsync() => Task.CompletedTask;
            }
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Ends_the_group_before_a_resource_that_a_later_start_uses() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync()
            {
                {|CS4014:MailAsync(null)|};
                await Task.Yield();
                using var stream = new MemoryStream();
                {|CS4014:MailAsync(stream)|};
                await Task.Yield();
            }

            Task MailAsync(Stream? body) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync()
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => MailAsync(null));
                    await Task.Yield();
                }, TaskGroupOptions.Collect);
                using var stream = new MemoryStream();
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => MailAsync(stream));
                    await Task.Yield();
                }, TaskGroupOptions.Collect);
            }

            Task MailAsync(Stream? body) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Writes_the_type_where_the_returns_do_not_tell_it() => Fixes(
        """
        class Shop
        {
            async Task<IReadOnlyList<int>?> PlaceAsync(bool now)
            {
                {|CS4014:MailAsync()|};
                await Task.Yield();
                if (now)
                {
                    return null;
                }

                return new List<int> { 1 };
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task<IReadOnlyList<int>?> PlaceAsync(bool now)
            {
                return await TaskGroup.RunAsync<IReadOnlyList<int>?>(async group =>
                {
                    group.Spawn(ct => MailAsync());
                    await Task.Yield();
                    if (now)
                    {
                        return null;
                    }

                    return new List<int> { 1 };
                }, TaskGroupOptions.Collect);
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Does_not_move_code_that_is_compiled_on_condition() => OffersNoFix(
        """
        class Shop
        {
            async Task PlaceAsync()
            {
                {|CS4014:MailAsync()|};
        #if DEBUG
                await Task.Yield();
        #endif
                await Task.Yield();
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Does_not_wrap_an_iterator() => OffersNoFix(
        """
        class Shop
        {
            async IAsyncEnumerable<int> PlaceAsync()
            {
                {|CS4014:MailAsync()|};
                await Task.Yield();
                yield return 1;
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Does_not_run_starts_with_different_tokens_in_one_group() => OffersNoFix(
        """
        class Shop
        {
            async Task PlaceAsync(CancellationToken one, CancellationToken two)
            {
                {|CS4014:MailAsync(one, two)|};
                await Task.Yield();
            }

            Task MailAsync(CancellationToken request, CancellationToken shutdown) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");
}
