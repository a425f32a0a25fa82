using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Work for each item of a sequence.</summary>
public sealed class ForEachTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task Runs_the_body_once_for_each_item_within_the_limit(int limit)
    {
        var running = 0;
        var tooMany = 0;
        var seen = new int[200];
        async Task Body(int item, CancellationToken ct)
        {
            if (Interlocked.Increment(ref running) > limit && limit != -1)
                Interlocked.Increment(ref tooMany);
            if (item % 3 != 0)
                await Task.Yield();
            Interlocked.Increment(ref seen[item]);
            Interlocked.Decrement(ref running);
        }

        await TaskGroup.ForEachAsync(Enumerable.Range(0, 100), Body, limit).Soon();
        await TaskGroup.ForEachAsync(Stream(100, 200), Body, limit).Soon();
        Assert.All(seen, count => Assert.Equal(1, count));
        Assert.Equal(0, tooMany);
    }

    [Fact]
    public async Task Starts_items_in_order_and_inline()
    {
        var started = new List<int>();
        var gate = new TaskCompletionSource();
        var run = TaskGroup.ForEachAsync(
            Enumerable.Range(0, 5),
            (item, _) =>
            {
                started.Add(item);
                return gate.Task;
            },
            maxConcurrency: 3);
        Assert.Equal([0, 1, 2], started);
        gate.SetResult();
        await run.Soon();
        Assert.Equal([0, 1, 2, 3, 4], started);
    }

    [Fact]
    public async Task The_first_failure_cancels_and_starts_no_more()
    {
        var started = 0;
        var run = TaskGroup.ForEachAsync(
            Enumerable.Range(0, 100),
            async (_, _) =>
            {
                started++;
                await Task.Yield();
                throw new FormatException();
            },
            maxConcurrency: 1);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(1, started);
        Assert.Single(run.Exception!.InnerExceptions);

        started = 0;
        run = TaskGroup.ForEachAsync(
            Enumerable.Range(0, 100),
            (_, _) =>
            {
                started++;
                throw new FormatException();
            },
            maxConcurrency: 4);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(1, started);
    }

    [Fact]
    public async Task Collects_failures_of_all_items()
    {
        var run = TaskGroup.ForEachAsync(
            Enumerable.Range(0, 100),
            async (item, _) =>
            {
                await Task.Yield();
                throw new FormatException($"{item}");
            },
            new TaskGroupOptions { MaxConcurrency = 16, FailureMode = TaskGroupFailureMode.Collect });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(
            Enumerable.Range(0, 100).Select(item => $"{item}").Order(),
            run.Exception!.InnerExceptions.Select(exception => exception.Message).Order());
    }

    [Fact]
    public async Task Supervises_items()
    {
        var reports = new Reports();
        await TaskGroup.ForEachAsync(
            Stream(0, 3),
            (_, _) => throw new FormatException(),
            reports.Options(TaskGroupFailureMode.Supervise)).Soon();
        Assert.Equal(3, reports.All.Count);
    }

    [Fact]
    public async Task Times_out()
    {
        var clock = new ManualClock();
        var run = TaskGroup.ForEachAsync(
            Enumerable.Range(0, 3),
            (_, ct) => ct.UntilCancelled(),
            new TaskGroupOptions { Timeout = TimeSpan.FromSeconds(1), TimeProvider = clock });
        clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
    }

    [Fact]
    public async Task A_null_task_is_the_failure_of_its_item()
    {
        var run = TaskGroup.ForEachAsync([1], (_, _) => null!, maxConcurrency: 1);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon());
        Assert.Contains("null instead of a task", exception.Message);
    }

    [Fact]
    public async Task An_item_that_was_taken_is_started_even_when_the_group_is_cancelled_meanwhile()
    {
        var gate = new TaskCompletionSource();
        async IAsyncEnumerable<int> Source()
        {
            await gate.Task;
            yield return 1;
            yield return 2;
        }

        using var outer = new CancellationTokenSource();
        var started = new List<int>();
        var run = TaskGroup.ForEachAsync(
            Source(),
            (item, _) =>
            {
                started.Add(item);
                return Task.CompletedTask;
            },
            maxConcurrency: 1,
            outer.Token);
        outer.Cancel();
        gate.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal([1], started);
    }

    [Fact]
    public async Task An_outer_cancellation_that_leaves_items_out_never_looks_like_success()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.ForEachAsync(
            Enumerable.Range(0, 10),
            (item, _) =>
            {
                if (item == 3)
                    outer.Cancel();
                return Task.CompletedTask;
            },
            maxConcurrency: 1,
            outer.Token);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task An_outer_cancellation_after_the_last_item_of_a_collection_is_success()
    {
        using var outer = new CancellationTokenSource();
        var results = await TaskGroup.SelectAsync(
            [1, 2, 3],
            async (item, _) =>
            {
                if (item == 3)
                    outer.Cancel();
                await Task.Yield();
                return item;
            },
            maxConcurrency: 1,
            outer.Token).Soon();
        Assert.Equal([1, 2, 3], results);
    }

    [Fact]
    public async Task Takes_no_item_under_a_token_that_is_cancelled_already()
    {
        var cancelled = new CancellationToken(canceled: true);
        var started = 0;
        Task Body(int item, CancellationToken ct)
        {
            started++;
            return Task.CompletedTask;
        }

        var run = TaskGroup.ForEachAsync([1, 2], Body, maxConcurrency: 1, cancelled);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(cancelled, exception.CancellationToken);
        await TaskGroup.ForEachAsync(Array.Empty<int>(), Body, maxConcurrency: 1, cancelled).Soon();
        Task<int> Select(int item, CancellationToken ct) => Task.FromResult(started++);
        var others = new Func<Task>[]
        {
            () => TaskGroup.ForEachAsync(Stream(0, 2), Body, maxConcurrency: 1, cancelled),
            () => TaskGroup.ForEachAsync([1, 2], Body, new TaskGroupOptions(), cancelled),
            () => TaskGroup.ForEachAsync(Stream(0, 2), Body, new TaskGroupOptions(), cancelled),
            () => TaskGroup.SelectAsync([1, 2], Select, maxConcurrency: 1, cancelled),
            () => TaskGroup.SelectAsync(Stream(0, 2), Select, maxConcurrency: 1, cancelled),
        };
        foreach (var other in others)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other().Soon());
        Assert.Equal(0, started);
    }

    [Fact]
    public async Task Starts_every_item_on_the_callers_context()
    {
        await Pump.RunAsync(async pump =>
        {
            var local = new AsyncLocal<string> { Value = "caller" };
            var onPump = 0;
            await TaskGroup.ForEachAsync(
                Enumerable.Range(0, 10),
                (_, _) =>
                {
                    if (pump.IsCurrent && local.Value == "caller")
                        onPump++;
                    local.Value = "item";
                    return Task.Run(() => { });
                },
                maxConcurrency: 2);
            Assert.Equal(10, onPump);
            Assert.Equal("caller", local.Value);
            Assert.True(pump.IsCurrent);
        });
    }

    [Fact]
    public async Task The_caller_gets_its_task_though_places_are_freed_as_fast_as_they_are_taken()
    {
        // On the thread pool: under the test's own context an item would not end within the call that ends it.
        await Task.Run(async () =>
        {
            var gates = new TaskCompletionSource[] { new(), new(), new() };
            var returned = new TaskCompletionSource();
            var run = TaskGroup.ForEachAsync([0, 1, 2], EndTheOneBefore, maxConcurrency: 2);
            returned.SetResult();
            gates[2].SetResult();
            await run.Soon();

            Task EndTheOneBefore(int item, CancellationToken cancellationToken)
            {
                if (item == 2)
                    returned.Task.Block();
                if (item > 0)
                    gates[item - 1].SetResult();
                return gates[item].Task;
            }
        });
    }

    [Fact]
    public async Task A_place_that_was_freed_while_items_were_started_is_taken_once()
    {
        await Task.Run(async () =>
        {
            var gates = new TaskCompletionSource[] { new(), new(), new(), new(), new() };
            var started = 0;
            TaskGroup? group = null;
            var run = TaskGroup.ForEachAsync([0, 1, 2, 3, 4], Start, maxConcurrency: 2);
            await Wait.Until(() => Volatile.Read(ref started) >= 3 && (group!.BodyWaitsForChild || started > 3));
            Assert.Equal(3, started);
            foreach (var gate in gates[1..])
                gate.SetResult();
            await run.Soon();

            Task Start(int item, CancellationToken cancellationToken)
            {
                group = TaskGroup.Innermost;
                if (item == 1)
                    gates[0].SetResult();
                Volatile.Write(ref started, item + 1);
                return gates[item].Task;
            }
        });
    }

    [Fact]
    public async Task The_callers_context_does_other_work_though_places_are_freed_as_fast_as_they_are_taken()
    {
        await Pump.RunAsync(async pump =>
        {
            var others = new List<int>();
            var gates = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToArray();
            var run = TaskGroup.ForEachAsync(Enumerable.Range(0, 5), EndTheOneBefore, maxConcurrency: 2);
            gates[4].SetResult();
            await run;

            Task EndTheOneBefore(int item, CancellationToken cancellationToken)
            {
                if (item > 1)
                    Assert.Equal(Enumerable.Range(0, item), others);
                pump.Post(_ => others.Add(item), null);
                if (item > 0)
                    gates[item - 1].SetResult();
                WaitForTheEnd(TaskGroup.Innermost!);
                return gates[item].Task;
            }

            // A thread of the pool ends the item, and gives its place back right after that.
            static void WaitForTheEnd(TaskGroup group) => SpinWait.SpinUntil(() => group.RunningCount == 0);
        });
    }

    [Fact]
    public async Task A_stuck_item_is_not_reported_as_a_stuck_body()
    {
        var clock = new ManualClock();
        var reports = new Reports();
        var gate = new TaskCompletionSource();
        var options = reports.Options();
        options.MaxConcurrency = 1;
        options.TimeProvider = clock;
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.ForEachAsync(Enumerable.Range(0, 5), (_, _) => gate.Task, options, outer.Token);
        outer.Cancel();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(reports.All);
        gate.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(-1)]
    public async Task Selects_results_in_the_order_of_the_source(int limit)
    {
        static async Task<int> Square(int item, CancellationToken ct)
        {
            if (item % 2 == 0)
                await Task.Yield();
            return item * item;
        }

        var expected = Enumerable.Range(0, 500).Select(item => item * item);
        Assert.Equal(expected, await TaskGroup.SelectAsync(Enumerable.Range(0, 500), Square, limit).Soon());
        Assert.Equal(expected, await TaskGroup.SelectAsync(Stream(0, 500), Square, limit).Soon());
        Assert.Empty(await TaskGroup.SelectAsync(Array.Empty<int>(), Square, limit).Soon());
    }

    [Fact]
    public async Task Select_that_was_cancelled_from_inside_has_no_results()
    {
        var run = TaskGroup.SelectAsync(
            Enumerable.Range(0, 10),
            (item, _) =>
            {
                if (item == 3)
                    TaskGroup.Open().Parent!.Cancel();
                return Task.FromResult(item);
            },
            maxConcurrency: 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.True(run.IsCanceled);
    }

    [Fact]
    public async Task Select_fails_with_the_first_failure_and_carries_all()
    {
        var run = TaskGroup.SelectAsync(
            Enumerable.Range(0, 10),
            async Task<int> (item, ct) =>
            {
                if (item == 5)
                    throw new FormatException();
                try
                {
                    await ct.UntilCancelled();
                }
                catch (OperationCanceledException) when (item == 2)
                {
                    throw new ArithmeticException();
                }
                return 1;
            },
            maxConcurrency: -1);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(2, run.Exception!.InnerExceptions.Count);
    }

    [Fact]
    public void Rejects_bad_arguments()
    {
        IEnumerable<int> nothing = null!;
        IAsyncEnumerable<int> noStream = null!;
        Func<int, CancellationToken, Task> noBody = null!;
        Func<int, CancellationToken, Task<int>> noSelector = null!;
        Func<int, CancellationToken, Task<int>> body = (item, _) => Task.FromResult(item);
        var options = new TaskGroupOptions();
        AtOnce.Throws<ArgumentNullException>("source", () => TaskGroup.ForEachAsync(nothing, body, 1));
        AtOnce.Throws<ArgumentNullException>("source", () => TaskGroup.ForEachAsync(noStream, body, 1));
        AtOnce.Throws<ArgumentNullException>("source", () => TaskGroup.ForEachAsync(nothing, body, options));
        AtOnce.Throws<ArgumentNullException>("source", () => TaskGroup.ForEachAsync(noStream, body, options));
        AtOnce.Throws<ArgumentNullException>("source", () => TaskGroup.SelectAsync(nothing, body, 1));
        AtOnce.Throws<ArgumentNullException>("source", () => TaskGroup.SelectAsync(noStream, body, 1));
        AtOnce.Throws<ArgumentNullException>("body", () => TaskGroup.ForEachAsync([1], noBody, 1));
        AtOnce.Throws<ArgumentNullException>("body", () => TaskGroup.SelectAsync([1], noSelector, 1));
        AtOnce.Throws<ArgumentNullException>("options", () => TaskGroup.ForEachAsync([1], body, null!));
        foreach (var limit in new[] { 0, -2 })
        {
            AtOnce.Throws<ArgumentOutOfRangeException>(
                "maxConcurrency",
                () => TaskGroup.ForEachAsync([1], body, limit));
            AtOnce.Throws<ArgumentOutOfRangeException>(
                "maxConcurrency",
                () => TaskGroup.SelectAsync([1], body, limit));
        }
    }

    private static async IAsyncEnumerable<int> Stream(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (i % 2 == 0)
                await Task.Yield();
            yield return i;
        }
    }
}
