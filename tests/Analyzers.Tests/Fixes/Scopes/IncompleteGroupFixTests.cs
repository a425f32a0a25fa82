using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Scopes;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Scopes;

/// <summary>SCOPE603's fix: the group is completed before every normal exit.</summary>
public sealed class IncompleteGroupFixTests : RuleTests<IncompleteGroupAnalyzer, IncompleteGroupFix>
{
    [Fact]
    public Task Completes_at_the_end() => Fixes(
        Method(
            """
            await using var group = [|TaskGroup.Open(ct)|];
            group.Spawn(ct => SendAsync(1));
            await SaveAsync(); // save
            """),
        Method(
            """
            await using var group = TaskGroup.Open(ct);
            group.Spawn(ct => SendAsync(1));
            await SaveAsync(); // save
            await group.CompleteAsync();
            """),
        title: "Complete the group before every normal exit");

    [Fact]
    public Task Completes_before_every_exit_and_evaluates_the_result_first() => Fixes(
        Method(
            """
            await using var group = [|TaskGroup.Open(ct)|];
            if (n < 0)
                return -1;

            group.Spawn(ct => SendAsync(1));
            if (n == 1) return 0;
            if (n == 2)
            {
                // by hand
                return n * 2; // twice
            }

            while (n > 3)
            {
                if (n == 4) return Next();
                n--;
            }

            return n;
            """,
            "Task<int>"),
        Method(
            """
            await using var group = TaskGroup.Open(ct);
            if (n < 0)
                return -1;

            group.Spawn(ct => SendAsync(1));
            if (n == 1)
            {
                await group.CompleteAsync();
                return 0;
            }
            if (n == 2)
            {
                // by hand
                int result = n * 2;
                await group.CompleteAsync();
                return result; // twice
            }

            while (n > 3)
            {
                if (n == 4)
                {
                    int result = Next();
                    await group.CompleteAsync();
                    return result;
                }
                n--;
            }

            await group.CompleteAsync();
            return n;
            """,
            "Task<int>"));

    [Fact]
    public Task Leaves_the_exits_that_are_completed() => Fixes(
        Method(
            """
            await using var group = [|TaskGroup.Open(ct)|];
            group.Spawn(ct => SendAsync(1));
            if (n == 1)
            {
                await group.CompleteAsync();
                return;
            }

            if (n == 2)
            {
                group.Cancel();
                return;
            }

            await SaveAsync();
            """),
        Method(
            """
            await using var group = TaskGroup.Open(ct);
            group.Spawn(ct => SendAsync(1));
            if (n == 1)
            {
                await group.CompleteAsync();
                return;
            }

            if (n == 2)
            {
                group.Cancel();
                return;
            }

            await SaveAsync();
            await group.CompleteAsync();
            """));

    [Fact]
    public Task Completes_in_each_round_of_a_loop() => Fixes(
        Method(
            """
            while (n-- > 0)
            {
                await using var group = [|TaskGroup.Open(ct)|];
                group.Spawn(ct => SendAsync(1));
                if (n == 5) continue;
                if (n == 3)
                {
                    break;
                }
                await SaveAsync();
            }
            """),
        Method(
            """
            while (n-- > 0)
            {
                await using var group = TaskGroup.Open(ct);
                group.Spawn(ct => SendAsync(1));
                if (n == 5)
                {
                    await group.CompleteAsync();
                    continue;
                }
                if (n == 3)
                {
                    await group.CompleteAsync();
                    break;
                }
                await SaveAsync();
                await group.CompleteAsync();
            }
            """));

    [Fact]
    public Task Completes_within_the_statement_that_opens_it() => Fixes(
        Method(
            """
            await using (var group = [|TaskGroup.Open(ct)|])
            {
                group.Spawn(ct => SendAsync(1));
            }

            await SaveAsync();
            """),
        Method(
            """
            await using (var group = TaskGroup.Open(ct))
            {
                group.Spawn(ct => SendAsync(1));
                await group.CompleteAsync();
            }

            await SaveAsync();
            """));

    [Fact]
    public Task Completes_before_the_finally_that_disposes_it() => Fixes(
        Method(
            """
            var group = [|TaskGroup.Open(ct)|];
            try
            {
                group.Spawn(ct => SendAsync(1));
                if (n > 3) return 1;
                await group.CompleteAsync();
            }
            finally
            {
                await group.DisposeAsync();
            }

            return 2;
            """,
            "Task<int>"),
        Method(
            """
            var group = TaskGroup.Open(ct);
            try
            {
                group.Spawn(ct => SendAsync(1));
                if (n > 3)
                {
                    await group.CompleteAsync();
                    return 1;
                }
                await group.CompleteAsync();
            }
            finally
            {
                await group.DisposeAsync();
            }

            return 2;
            """,
            "Task<int>"));

    [Fact]
    public Task Disposes_what_is_completed() => Fixes(
        Method(
            """
            // mails
            var group = [|TaskGroup.Open(ct)|];
            group.Spawn(ct => SendAsync(1));
            await group.CompleteAsync();
            """),
        Method(
            """
            // mails
            await using var group = TaskGroup.Open(ct);
            group.Spawn(ct => SendAsync(1));
            await group.CompleteAsync();
            """));

    [Fact]
    public Task Completes_and_disposes() => Fixes(
        Method(
            """
            TaskGroup group = [|TaskGroup.Open(ct)|];
            group.Spawn(ct => SendAsync(1));
            """),
        Method(
            """
            await using TaskGroup group = TaskGroup.Open(ct);
            group.Spawn(ct => SendAsync(1));
            await group.CompleteAsync();
            """));

    [Fact]
    public Task Keeps_to_ConfigureAwait() => Fixes(
        Method(
            """
            var group = [|TaskGroup.Open(ct)|];
            group.Spawn(ct => SendAsync(1));
            await SaveAsync().ConfigureAwait(false);
            """),
        Method(
            """
            var group = TaskGroup.Open(ct);
            await using var disposal = group.ConfigureAwait(false);
            group.Spawn(ct => SendAsync(1));
            await SaveAsync().ConfigureAwait(false);
            await group.CompleteAsync().ConfigureAwait(false);
            """));

    [Fact]
    public Task Names_a_result_that_is_taken_with_a_number() => Fixes(
        Method(
            """
            var result = 4;
            await using var group = [|TaskGroup.Open(ct)|];
            group.Spawn(ct => SendAsync(result));
            return result + n;
            """,
            "Task<int>"),
        Method(
            """
            var result = 4;
            await using var group = TaskGroup.Open(ct);
            group.Spawn(ct => SendAsync(result));
            int result1 = result + n;
            await group.CompleteAsync();
            return result1;
            """,
            "Task<int>"));

    [Fact]
    public Task Fixes_two_groups_at_once() => Fixes(
        Method(
            """
            await using (var first = [|TaskGroup.Open(ct)|])
            {
                first.Spawn(ct => SendAsync(1));
            }

            await using var second = [|TaskGroup.Open(ct)|];
            second.Spawn(ct => SendAsync(2));
            """),
        Method(
            """
            await using (var first = TaskGroup.Open(ct))
            {
                first.Spawn(ct => SendAsync(1));
                await first.CompleteAsync();
            }

            await using var second = TaskGroup.Open(ct);
            second.Spawn(ct => SendAsync(2));
            await second.CompleteAsync();
            """));

    [Theory]
    [InlineData(
        "await using var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1)); "
        + "if (n > 3) await group.CompleteAsync();")]
    [InlineData(
        "await using var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1)); "
        + "await group.DisposeAsync();")]
    [InlineData(
        "await using var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => BeatAsync(ct)); await SaveAsync();")]
    [InlineData(
        "await using var group = [|TaskGroup.Open(ct)|]; "
        + "group.Spawn(async ct => { while (true) await SendAsync(1); }); await SaveAsync();")]
    [InlineData(
        "await using var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1)); "
        + "try { if (n > 3) return; await SaveAsync(); } catch (Exception) { }")]
    [InlineData(
        "TaskGroup group; group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1)); "
        + "await group.CompleteAsync();")]
    [InlineData(
        "await using var group = [|TaskGroup.Open(ct)|]; group.Spawn(ct => SendAsync(1));\n#if DEBUG\n"
        + "if (n > 3) return;\n#endif\nawait SaveAsync();")]
    public Task Offers_no_fix_where_the_end_would_be_another(string body) => OffersNoFix(Method(body));

    [Fact]
    public Task Offers_no_fix_where_nothing_can_be_awaited() => OffersNoFix(
        """
        using ScopedTasks;

        class C
        {
            void M()
            {
                var group = [|TaskGroup.Open()|];
                group.Spawn(ct => Task.Delay(1, ct));
            }
        }
        """);

    [Fact]
    public Task Offers_no_fix_in_old_code_that_has_no_await_using() => OffersNoFix(
        """
        using System.Threading.Tasks;
        using ScopedTasks;

        class C
        {
            async Task M()
            {
                var group = [|TaskGroup.Open()|];
                group.Spawn(ct => Task.Delay(1, ct));
                await group.CompleteAsync();
            }
        }
        """,
        code: Code.CSharp7);

    private static string Method(string body, string result = "Task") =>
        $$"""
        using ScopedTasks;

        class C
        {
            async {{result}} M(int n, CancellationToken ct)
            {
                {{body.Replace("\n", "\n        ").Replace("\n        \n", "\n\n")}}
            }

            static Task SendAsync(int id) => Task.Delay(id);
            static Task SaveAsync() => Task.Delay(1);
            static async Task BeatAsync(CancellationToken ct) { while (true) await Task.Delay(1, ct); }
            static int Next() => 1;
        }
        """;
}
