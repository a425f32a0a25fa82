using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Scopes;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Scopes;

/// <summary>SCOPE601's fix: the work becomes a child of the group in hand.</summary>
public sealed class DetachedInsideGroupFixTests : RuleTests<DetachedInsideGroupAnalyzer, DetachedInsideGroupFix>
{
    [Fact]
    public Task Keeps_asynchronous_work_on_the_thread_pool() => Fixes(
        """
        using ScopedTasks;

        class Shop
        {
            void Place(TaskGroup group, int order, CancellationToken stop)
            {
                [|Task.Run(() => MailAsync(order, stop))|];
            }

            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            void Place(TaskGroup group, int order, CancellationToken stop)
            {
                group.Spawn(ct => Task.Run(() => MailAsync(order, ct)));
            }

            Task MailAsync(int order, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Spawns_behind_a_null_check() => Fixes(
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(TaskGroup group, Shop? other)
            {
                await Task.Yield();
                [|other?.MailAsync()|];
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(TaskGroup group, Shop? other)
            {
                await Task.Yield();
                if (other != null)
                {
                    group.Spawn(ct => other.MailAsync());
                }
            }

            Task MailAsync() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Spawns_into_the_field_of_the_type() => Fixes(
        """
        using ScopedTasks;

        class Shop
        {
            private readonly TaskGroup _work = TaskGroup.Open();

            void Place(int order) => _ = [|AuditAsync(order)|];

            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """,
        """
        using ScopedTasks;

        class Shop
        {
            private readonly TaskGroup _work = TaskGroup.Open();

            void Place(int order) => _work.Spawn(ct => AuditAsync(order));

            Task AuditAsync(int order) => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Spawns_an_expression_body() => Fixes(
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

    [Theory]
    [InlineData("_ = [|SendAsync(1)|];", "group.Spawn(ct => SendAsync(1));")]
    [InlineData("_ = [|SendAsync(1)|].ConfigureAwait(false);", "group.Spawn(ct => SendAsync(1));")]
    [InlineData("_ = [|Task.Run(() => Compute())|];", "group.SpawnOnThreadPool(ct => Compute());")]
    [InlineData("_ = [|Task.Run(() => Compute(), stop)|];", "group.SpawnOnThreadPool(ct => Compute());")]
    [InlineData("_ = [|Task.Run(() => SendAsync(1))|];", "group.Spawn(ct => Task.Run(() => SendAsync(1)));")]
    [InlineData("_ = [|SaveAsync(1, stop)|];", "group.Spawn(ct => SaveAsync(1, ct));")]
    [InlineData("_ = [|ReadAsync(1)|];", "group.Spawn(ct => ReadAsync(1).AsTask());")]
    [InlineData("var ignored = [|SendAsync(1)|];", "group.Spawn(ct => SendAsync(1));")]
    [InlineData("var lost = [|Task.Run(() => Compute())|];", "group.SpawnOnThreadPool(ct => Compute());")]
    [InlineData("_ = stop.CanBeCanceled ? [|SendAsync(1)|] : Task.CompletedTask;",
        "group.Spawn(ct => stop.CanBeCanceled ? SendAsync(1) : Task.CompletedTask);")]
    [InlineData("// mail\n_ = [|SendAsync(1)|]; // sent", "// mail\ngroup.Spawn(ct => SendAsync(1)); // sent")]
    [InlineData("if (stop.CanBeCanceled) _ = [|SendAsync(1)|];",
        "if (stop.CanBeCanceled) group.Spawn(ct => SendAsync(1));")]
    [InlineData("[|ThreadPool.QueueUserWorkItem(_ => Compute())|];", "group.SpawnOnThreadPool(ct => Compute());")]
    [InlineData("try { _ = [|SendAsync(1)|]; } catch (Exception) { }",
        "try { group.Spawn(ct => SendAsync(1)); } catch (Exception) { }")]
    public Task Spawns_it_where_it_stands(string before, string after) =>
        Fixes(Method(before), Method(after), title: "Spawn in the task group 'group'");

    [Fact]
    public Task Spawns_two_at_once() => Fixes(
        Method("_ = [|SendAsync(1)|]; _ = [|SendAsync(2)|];"),
        Method("group.Spawn(ct => SendAsync(1)); group.Spawn(ct => SendAsync(2));"));

    [Fact]
    public Task Waits_for_a_slot_in_a_bounded_group() => Fixes(
        Method(
            """
            await TaskGroup.RunAsync(async bounded =>
            {
                await SaveAsync(1, bounded.CancellationToken);
                _ = [|SendAsync(Compute())|];
            }, new TaskGroupOptions { MaxConcurrency = 4 }, stop);
            """),
        Method(
            """
            await TaskGroup.RunAsync(async bounded =>
            {
                await SaveAsync(1, bounded.CancellationToken);
                var id = Compute();
                await bounded.SpawnAsync(ct => SendAsync(id));
            }, new TaskGroupOptions { MaxConcurrency = 4 }, stop);
            """));

    [Fact]
    public Task Names_the_token_so_that_nothing_is_shadowed_in_old_code() => Fixes(
        """
        using System.Threading;
        using System.Threading.Tasks;
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(TaskGroup group, CancellationToken ct, string name)
            {
                await Task.Yield();
                _ = [|SendAsync(name, ct)|];
            }

            Task SendAsync(string name, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        """
        using System.Threading;
        using System.Threading.Tasks;
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(TaskGroup group, CancellationToken ct, string name)
            {
                await Task.Yield();
                group.Spawn(ct1 => SendAsync(name, ct1));
            }

            Task SendAsync(string name, CancellationToken ct) => Task.CompletedTask;
        }
        """,
        code: Code.CSharp7);

    [Theory]
    [InlineData("_ = [|LoopAsync()|];")]
    [InlineData("_ = [|Task.Run(async () => { while (true) await SendAsync(1); })|];")]
    [InlineData("using var file = new System.IO.MemoryStream(); _ = [|CopyAsync(file)|];")]
    public Task Offers_no_fix_where_the_group_would_wait_for_ever_or_too_long(string body) => OffersNoFix(Method(body));

    [Fact]
    public Task Spawns_what_never_ends_into_a_field() => Fixes(
        """
        using ScopedTasks;

        class Worker
        {
            private readonly TaskGroup _group = TaskGroup.Open(TaskGroupOptions.Supervise);

            public Worker() => _ = [|LoopAsync()|];

            private async Task LoopAsync() { while (true) await Task.Delay(1); }
        }
        """,
        """
        using ScopedTasks;

        class Worker
        {
            private readonly TaskGroup _group = TaskGroup.Open(TaskGroupOptions.Supervise);

            public Worker() => _group.Spawn(ct => LoopAsync());

            private async Task LoopAsync() { while (true) await Task.Delay(1); }
        }
        """);

    private static string Method(string body) =>
        $$"""
        using ScopedTasks;

        class Shop
        {
            async Task PlaceAsync(TaskGroup group, CancellationToken stop)
            {
                await Task.Yield();
                {{body.ReplaceLineEndings("\n        ")}}
            }

            int Compute() => 1;
            Task SendAsync(int id) => Task.CompletedTask;
            Task SaveAsync(int id, CancellationToken cancellationToken) => Task.CompletedTask;
            ValueTask<int> ReadAsync(int id) => new(id);
            Task CopyAsync(System.IO.Stream file) => Task.CompletedTask;
            async Task LoopAsync() { while (true) await Task.Delay(1); }
        }
        """;
}
