using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Fixes.Spawning;

/// <summary>The fix of SCOPE404: in a loop over a timer's ticks, one piece of work at a time.</summary>
public sealed class OverlappingTickFixTests : RuleTests<OverlappingTickAnalyzer, OverlappingTickFix>
{
    private const string Title =
        "Run one at a time in a task group (waits for it; each failure is reported, nothing is stopped)";

    [Fact]
    public Task Runs_one_at_a_time() => Fixes(
        Method(
            """
            // every second
                    while (await timer.WaitForNextTickAsync(token))
                    {
                        _ = [|RefreshAsync(token)|]; // now
                    }
            """),
        Fixed(
            """
            // every second
                    await TaskGroup.RunAsync(async group =>
                    {
                        while (await timer.WaitForNextTickAsync(group.CancellationToken))
                        {
                            await group.SpawnAsync(ct => RefreshAsync(ct)); // now
                        }
                    }, new TaskGroupOptions { MaxConcurrency = 1, FailureMode = TaskGroupFailureMode.Supervise }, token);
            """),
        title: Title);

    [Fact]
    public Task Runs_one_at_a_time_without_a_token() => Fixes(
        Method(
            """
            while (await timer.WaitForNextTickAsync())
                    {
                        Log();
                        [|SendAsync(1)|];
                    }
            """),
        Fixed(
            """
            await TaskGroup.RunAsync(async group =>
                    {
                        while (await timer.WaitForNextTickAsync())
                        {
                            Log();
                            await group.SpawnAsync(ct => SendAsync(1));
                        }
                    }, new TaskGroupOptions { MaxConcurrency = 1, FailureMode = TaskGroupFailureMode.Supervise });
            """));

    [Fact]
    public Task Keeps_work_of_the_pool_on_the_pool() => Fixes(
        Method("while (await timer.WaitForNextTickAsync()) _ = [|Task.Run(() => Log())|];"),
        Fixed(
            """
            await TaskGroup.RunAsync(async group =>
                    {
                        while (await timer.WaitForNextTickAsync()) await group.SpawnAsync(ct => Task.Run(() => Log()));
                    }, new TaskGroupOptions { MaxConcurrency = 1, FailureMode = TaskGroupFailureMode.Supervise });
            """));

    [Fact]
    public Task Takes_the_loop_over_the_ticks_and_not_one_within() => Fixes(
        Method(
            """
            while (await timer.WaitForNextTickAsync())
                    {
                        foreach (var x in all)
                        {
                            _ = [|SendAsync(x)|];
                        }
                    }
            """),
        Fixed(
            """
            await TaskGroup.RunAsync(async group =>
                    {
                        while (await timer.WaitForNextTickAsync())
                        {
                            foreach (var x in all)
                            {
                                await group.SpawnAsync(ct => SendAsync(x));
                            }
                        }
                    }, new TaskGroupOptions { MaxConcurrency = 1, FailureMode = TaskGroupFailureMode.Supervise });
            """));

    [Theory]
    [InlineData("var callback = new Timer(_ => [|RefreshAsync(token)|], null, 0, 1000);")]
    [InlineData("var callback = new Timer([|async _ => await RefreshAsync(token)|], null, 0, 1000);")]
    [InlineData("clock.Elapsed += [|async (s, e) => await RefreshAsync(token)|];")]
    [InlineData("while (await timer.WaitForNextTickAsync()) { var kept = [|RefreshAsync(token)|]; }")]
    public Task Leaves_other_timers_to_their_owner(string statements) =>
        OffersNoFix(Method(statements));

    [Fact]
    public Task Writes_nothing_without_the_runtime() => OffersNoFix(
        Method("while (await timer.WaitForNextTickAsync()) _ = [|RefreshAsync(token)|];"), code: Code.WithoutRuntime);

    private static string Fixed(string statements) =>
        Method(statements).Replace("Threading.Tasks;\n", "Threading.Tasks;\nusing ScopedTasks;\n");

    private static string Method(string statements) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async Task M(PeriodicTimer timer, System.Timers.Timer clock, List<int> all, CancellationToken token)
            {
                {{statements}}
                await Task.Yield();
            }

            void Log() { }
            Task RefreshAsync(CancellationToken ct) => Task.CompletedTask;
            Task SendAsync(int x) => Task.CompletedTask;
        }
        """;
}
