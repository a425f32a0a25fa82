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

    [Fact]
    public Task Keeps_the_style_of_the_other_awaits() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await MailAsync(order).ConfigureAwait(false);
                {|CS4014:MailAsync(order)|};
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await MailAsync(order).ConfigureAwait(false);
                await MailAsync(order).ConfigureAwait(false);
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Awaits_what_was_configured() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await Task.Yield();
                {|CS4014:MailAsync(order).ConfigureAwait(false)|}; // later
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await Task.Yield();
                await MailAsync(order).ConfigureAwait(false); // later
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Awaits_in_a_top_level_program() => Fixes(
        """
        [|MailAsync(1)|];
        Console.WriteLine("sent");

        static Task MailAsync(int order) => Task.CompletedTask;
        """,
        """
        await MailAsync(1);
        Console.WriteLine("sent");

        static Task MailAsync(int order) => Task.CompletedTask;
        """,
        code: Code.Program);

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
    public Task Does_not_wait_for_a_call_that_never_ends() => Offers(
        """
        class Worker
        {
            async Task StartAsync()
            {
                await Task.Yield();
                {|CS4014:LoopAsync()|};
                await Task.Yield();
            }

            Task LoopAsync() => ForeverAsync();

            async Task ForeverAsync()
            {
                while (true)
                {
                    await Task.Delay(1000);
                }
            }
        }
        """,
        "Detach it: run it in the background, tracked and with its failure reported");

    [Fact]
    public Task Does_not_await_under_a_lock() => OffersNoFix(
        """
        class Shop
        {
            async Task PlaceAsync(object gate)
            {
                await Task.Yield();
                lock (gate)
                {
                    {|SCOPE101:MailAsync()|};
                }
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        code: Code.WithoutRuntime);

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
    public Task Gives_the_child_its_token_through_an_overload() => Fixes(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order)|];

            Task MailAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => MailAsync(order, ct));

            Task MailAsync(int order) => Task.CompletedTask;
            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Names_the_token_behind_other_optional_parameters() => Fixes(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order)|];

            Task MailAsync(int order, bool urgent = false, CancellationToken stop = default) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => MailAsync(order, stop: ct));

            Task MailAsync(int order, bool urgent = false, CancellationToken stop = default) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Leaves_a_token_of_none_alone() => Fixes(
        """
        class Shop
        {
            void Place(int order) => [|MailAsync(order, CancellationToken.None)|];

            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => MailAsync(order, CancellationToken.None));

            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Does_not_detach_work_from_the_token_of_its_owner() => OffersNoFix(
        """
        class Worker
        {
            void Start(CancellationToken stopping) => [|LoopAsync(stopping)|];

            Task LoopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """,
        plan: "Detach");

    [Fact]
    public Task Detaches_work_from_the_token_of_a_request() => Fixes(
        """
        namespace Microsoft.AspNetCore.Mvc
        {
            public class ControllerBase { }
        }

        namespace Shop
        {
            public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public void Place(CancellationToken cancellationToken)
                {
                    [|MailAsync(cancellationToken)|];
                }

                private Task MailAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            }
        }
        """,
        """
        using ScopedTasks;

        namespace Microsoft.AspNetCore.Mvc
        {
            public class ControllerBase { }
        }

        namespace Shop
        {
            public class OrdersController : Microsoft.AspNetCore.Mvc.ControllerBase
            {
                public void Place(CancellationToken cancellationToken)
                {
                    BackgroundTasks.Spawn(ct => MailAsync(ct));
                }

                private Task MailAsync(CancellationToken cancellationToken) => Task.CompletedTask;
            }
        }
        """);

    [Fact]
    public Task Does_not_detach_work_from_a_resource_that_is_disposed() => OffersNoFix(
        """
        class Shop
        {
            void Place()
            {
                using var stream = new MemoryStream();
                [|MailAsync(stream)|];
            }

            Task MailAsync(Stream body) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Puts_the_preferred_fix_first() => Offers(
        """
        class Shop
        {
            async Task PlaceAsync()
            {
                {|CS4014:MailAsync()|};
                await Task.Yield();
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        Code.Default with { EditorConfig = "scoped_tasks.preferred_fix.SCOPE101 = run_in_group" },
        "Run in a task group (waits for it; failures come out at the end)",
        "Await it",
        "Detach it: run it in the background, tracked and with its failure reported");

    [Fact]
    public Task Qualifies_a_name_that_an_import_would_make_ambiguous() => Fixes(
        """
        using Threads;

        namespace Threads
        {
            public static class BackgroundTasks { }
        }

        namespace App
        {
            class Shop
            {
                Type Place()
                {
                    [|MailAsync()|];
                    return typeof(BackgroundTasks);
                }

                Task MailAsync() => Task.CompletedTask;
            }
        }
        """,
        """
        using Threads;

        namespace Threads
        {
            public static class BackgroundTasks { }
        }

        namespace App
        {
            class Shop
            {
                Type Place()
                {
                    ScopedTasks.BackgroundTasks.Spawn(ct => MailAsync());
                    return typeof(BackgroundTasks);
                }

                Task MailAsync() => Task.CompletedTask;
            }
        }
        """);

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

    [Fact]
    public Task Adopts_work_on_a_thread_of_its_own() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync()
            {
                {|CS4014:Task.Factory.StartNew(() => Compute(), TaskCreationOptions.LongRunning)|};
                await Task.Yield();
            }

            void Compute() { }
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
                    group.Track(Task.Factory.StartNew(() => Compute(), TaskCreationOptions.LongRunning));
                    await Task.Yield();
                }, TaskGroupOptions.Collect);
            }

            void Compute() { }
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Does_not_detach_work_from_a_connection() => OffersNoFix(
        """
        class Shop
        {
            void Place(System.Data.IDbConnection connection) => [|SaveAsync(connection)|];

            Task SaveAsync(System.Data.IDbConnection connection) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Leaves_the_outer_token_in_handlers_and_where_it_is_kept() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(CancellationToken ct)
            {
                {|CS4014:MailAsync(ct)|};
                var kept = ct;
                while (!ct.IsCancellationRequested)
                {
                    try
                    {
                        await SaveAsync(ct);
                    }
                    catch (InvalidOperationException)
                    {
                        await SaveAsync(ct);
                    }
                    finally
                    {
                        await SaveAsync(ct);
                    }

                    Func<Task> later = () => SaveAsync(ct);
                    await later();
                }
            }

            Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => MailAsync(ct));
                    var kept = ct;
                    while (!group.CancellationToken.IsCancellationRequested)
                    {
                        try
                        {
                            await SaveAsync(group.CancellationToken);
                        }
                        catch (InvalidOperationException)
                        {
                            await SaveAsync(ct);
                        }
                        finally
                        {
                            await SaveAsync(ct);
                        }

                        Func<Task> later = () => SaveAsync(ct);
                        await later();
                    }
                }, TaskGroupOptions.Collect, ct);
            }

            Task SaveAsync(CancellationToken ct) => Task.CompletedTask;
            Task MailAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """,
        plan: "RunInGroup");

    [Fact]
    public Task Fixes_drops_in_nested_functions() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(List<int> orders)
            {
                await Task.Yield();
                {|CS4014:MailAsync(0)|};
                Func<Task> later = async () =>
                {
                    await Task.Yield();
                    {|CS4014:MailAsync(1)|};
                };
                await later();
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        class Shop
        {
            async Task PlaceAsync(List<int> orders)
            {
                await Task.Yield();
                await MailAsync(0);
                Func<Task> later = async () =>
                {
                    await Task.Yield();
                    await MailAsync(1);
                };
                await later();
            }

            Task MailAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Passes_the_token_to_an_extension_method_by_position() => Fixes(
        """
        public class Shop
        {
            void Place(int order) => [|this.MailAsync(order)|];
        }

        static class Mails
        {
            public static Task MailAsync(this Shop shop, int order, CancellationToken cancellationToken = default) =>
                Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        public class Shop
        {
            void Place(int order) => BackgroundTasks.Spawn(ct => this.MailAsync(order, ct));
        }

        static class Mails
        {
            public static Task MailAsync(this Shop shop, int order, CancellationToken cancellationToken = default) =>
                Task.CompletedTask;
        }
        """);
}
