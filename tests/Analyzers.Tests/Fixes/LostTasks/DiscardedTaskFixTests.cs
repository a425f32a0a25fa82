using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using ScopedTasks.Analyzers.Rules.LostTasks;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.LostTasks;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.LostTasks;

public class DiscardedTaskFixTests : RuleTests<DiscardedTaskAnalyzer, DiscardedTaskFix>
{
    [Fact]
    public Task Detaches_what_was_discarded_on_purpose() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await Task.Yield();
                _ = [|AuditAsync(order)|]; // nobody minds
                _ = [|Task.Run(() => Count(order))|];
            }

            void Count(int order) { }
            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(int order)
            {
                await Task.Yield();
                BackgroundTasks.Spawn(ct => AuditAsync(order)); // nobody minds
                BackgroundTasks.Spawn(ct => Task.Run(() => Count(order)));
            }

            void Count(int order) { }
            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Waits_for_what_a_continuation_starts() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(Task<int> order)
            {
                await Task.Yield();
                _ = [|order.ContinueWith(placed => AuditAsync(placed.Result))|];
                _ = [|order.ContinueWith(async x => await AuditAsync(x.Result))|].ConfigureAwait(false);
            }

            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(Task<int> order)
            {
                await Task.Yield();
                BackgroundTasks.Spawn(ct => order.ContinueWith(placed => AuditAsync(placed.Result)).Unwrap());
                BackgroundTasks.Spawn(ct => order.ContinueWith(async x => await AuditAsync(x.Result)).Unwrap());
            }

            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Supervises_it_in_a_group() => Fixes(
        """
        class Shop
        {
            async Task PlaceAsync(int order, CancellationToken ct)
            {
                _ = [|AuditAsync(order, ct)|];
                await SaveAsync(order, ct);
            }

            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task AuditAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(int order, CancellationToken ct)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => AuditAsync(order, ct));
                    await SaveAsync(order, group.CancellationToken);
                }, TaskGroupOptions.Supervise, ct);
            }

            Task SaveAsync(int order, CancellationToken ct) => Task.CompletedTask;
            Task AuditAsync(int order, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        title: "Run in a task group (waits for it; each failure is reported, nothing is stopped)");

    [Fact]
    public Task Takes_a_choice_as_a_whole() => Fixes(
        """
        class Shop
        {
            void Place(bool now)
            {
                _ = now ? [|AuditAsync(1)|] : Task.CompletedTask;
            }

            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(bool now)
            {
                BackgroundTasks.Spawn(ct => now ? AuditAsync(1) : Task.CompletedTask);
            }

            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Offers_the_menu_in_order() => Offers(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                _ = [|AuditAsync(order)|];
                await Task.Yield();
            }

            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """,
        "Detach it: run it in the background, tracked and with its failure reported",
        "Run in a task group (waits for it; each failure is reported, nothing is stopped)",
        "Await it");

    // Without the runtime, to await is all that can be offered.
    [Theory]
    [InlineData("_ = WaitAsync();", 1)]
    [InlineData("if (DateTime.Now.Ticks > 0) { _ = WaitAsync(); }", 1)]
    [InlineData("_ = WaitAsync(); Release();", 0)]
    [InlineData("if (DateTime.Now.Ticks > 0) { _ = WaitAsync(); } Release();", 0)]
    [InlineData("try { _ = WaitAsync(); } finally { Release(); }", 0)]
    [InlineData("switch (DateTime.Now.Ticks) { case 1: _ = WaitAsync(); break; }", 0)]
    public async Task Awaits_in_bulk_only_what_nothing_follows(string statements, int applied)
    {
        var bench = new Workbench([new DiscardedTaskAnalyzer()], [new DiscardedTaskFix()]);
        var gate = await bench.OpenAsync(
            Code.WithoutRuntime,
            ("/0/Gate.cs", $$"""
                class Gate
                {
                    async Task PassAsync()
                    {
                        await Task.Yield();
                        {{statements}}
                    }

                    Task WaitAsync() => Task.Delay(1);
                    void Release() { }
                }
                """));

        var outcome = await bench.FixAllAsync(gate, FixAllScope.Document);

        Assert.Equal(applied, outcome.Applied);
    }

    [Fact]
    public Task Takes_work_that_disposes_what_it_opens_itself() => Fixes(
        """
        class Gate
        {
            async Task PassAsync(SemaphoreSlim gate)
            {
                _ = [|Task.Run(async () =>
                {
                    using var timeout = new CancellationTokenSource(1000);
                    await gate.WaitAsync(timeout.Token);
                })|];
                _ = [|Task.Run(async () =>
                {
                    using var timeout = new CancellationTokenSource(2000);
                    await gate.WaitAsync(timeout.Token);
                })|];
                await Task.Delay(3000);
                gate.Release(2);
            }
        }
        """,
        """
        using ScopedTasks;

        class Gate
        {
            async Task PassAsync(SemaphoreSlim gate)
            {
                await TaskGroup.RunAsync(async group =>
                {
                    group.Spawn(ct => Task.Run(async () =>
                    {
                        using var timeout = new CancellationTokenSource(1000);
                        await gate.WaitAsync(timeout.Token);
                    }));
                    group.Spawn(ct => Task.Run(async () =>
                    {
                        using var timeout = new CancellationTokenSource(2000);
                        await gate.WaitAsync(timeout.Token);
                    }));
                    await Task.Delay(3000);
                    gate.Release(2);
                }, TaskGroupOptions.Supervise);
            }
        }
        """,
        plan: "RunInGroup");

    [Theory]
    [InlineData("Task.Factory.StartNew(() => LoopAsync(stopping), stopping)")]
    [InlineData("Task.Factory.StartNew(() => Task.CompletedTask)")]
    [InlineData("Task.Run(async () => { while (!stopping.IsCancellationRequested) await Task.Delay(1, stopping); })")]
    [InlineData("LoopAsync(stopping)")]
    public Task Does_not_wait_for_what_never_ends_or_for_a_start_alone(string work) => OffersNoFix(
        $$"""
        class Worker
        {
            async Task RunAsync(CancellationToken stopping)
            {
                _ = [|{{work}}|];
                await Task.Yield();
            }

            async Task LoopAsync(CancellationToken stopping)
            {
                try
                {
                    while (!stopping.IsCancellationRequested)
                    {
                        await Task.Delay(1, stopping);
                    }
                }
                catch (OperationCanceledException)
                {
                }
            }
        }
        """,
        plan: "Await");

    [Theory]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => Count(order), null)")]
    [InlineData("new Thread(() => Count(order)).UnsafeStart()")]
    public Task Keeps_work_out_of_the_execution_context_that_it_left(string start) => OffersNoFix(
        $$"""
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                [|{{start}}|];
                await Task.Yield();
            }

            void Count(int order) { }
        }
        """);

    [Fact]
    public Task Waits_for_a_retry_that_ends() => Fixes(
        """
        class Worker
        {
            async Task RunAsync(CancellationToken stopping)
            {
                await Task.Yield();
                _ = [|RetryAsync(stopping)|];
            }

            async Task RetryAsync(CancellationToken stopping)
            {
                while (true)
                {
                    await Task.Delay(1, stopping);
                    return;
                }
            }
        }
        """,
        """
        class Worker
        {
            async Task RunAsync(CancellationToken stopping)
            {
                await Task.Yield();
                await RetryAsync(stopping);
            }

            async Task RetryAsync(CancellationToken stopping)
            {
                while (true)
                {
                    await Task.Delay(1, stopping);
                    return;
                }
            }
        }
        """);

    [Fact]
    public Task Reads_a_property_where_the_call_did() => Fixes(
        """
        class Worker
        {
            int Id { get; set; }

            void Run() => _ = [|SendAsync(Id)|];

            Task SendAsync(int id) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Worker
        {
            int Id { get; set; }

            void Run() => BackgroundTasks.Spawn(ct => SendAsync(Id));

            Task SendAsync(int id) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Opens_no_group_whose_token_the_range_itself_cancels() => OffersNoFix(
        """
        class Shop
        {
            async Task PlaceAsync(int order)
            {
                using var source = new CancellationTokenSource();
                _ = [|WatchAsync(source.Token)|];
                await SaveAsync(order);
                source.Cancel();
            }

            Task SaveAsync(int order) => Task.CompletedTask;
            Task WatchAsync(CancellationToken ct) => Task.CompletedTask;
        }
        """,
        "RunInGroup");
}
