using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Runtime.CompilerServices;
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
    public async Task Pulls_at_most_one_item_ahead_of_the_limit()
    {
        var pulled = 0;
        IEnumerable<int> Source()
        {
            for (var i = 0; i < 10; i++)
            {
                pulled++;
                yield return i;
            }
        }

        var gate = new TaskCompletionSource();
        var run = TaskGroup.ForEachAsync(Source(), (_, _) => gate.Task, maxConcurrency: 3);
        Assert.InRange(pulled, 3, 4);
        gate.SetResult();
        await run.Soon();
        Assert.Equal(10, pulled);
    }

    [Fact]
    public async Task Copies_a_collection_that_the_work_changes()
    {
        var items = new List<int> { 1, 2, 3 };
        var seen = new List<int>();
        await TaskGroup.ForEachAsync(
            items,
            async (item, _) =>
            {
                await Task.Yield();
                lock (seen)
                {
                    seen.Add(item);
                    items.Add(item + 10);
                }
            },
            maxConcurrency: 1).Soon();
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task Copies_an_array_that_the_work_changes()
    {
        var items = new[] { 1, 2, 3 };
        var seen = new List<int>();
        await TaskGroup.ForEachAsync(
            items,
            (item, _) =>
            {
                seen.Add(item);
                Array.Clear(items);
                return Task.CompletedTask;
            },
            maxConcurrency: 1).Soon();
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task Copies_what_a_collection_holds_even_when_its_count_is_wrong()
    {
        var seen = new List<string>();
        await TaskGroup.ForEachAsync(
            new Miscounted { "a", "b" },
            (item, _) =>
            {
                seen.Add(item);
                return Task.CompletedTask;
            },
            maxConcurrency: 1).Soon();
        Assert.Equal(["a", "b"], seen);
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
    public async Task What_the_source_throws_cancels_and_comes_out()
    {
        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new FormatException();
        }

        var cancelled = false;
        var run = TaskGroup.ForEachAsync(
            Broken(),
            async (_, ct) =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    cancelled = true;
                }
            },
            maxConcurrency: 4);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.True(cancelled);
    }

    [Fact]
    public async Task Disposes_the_source_at_the_end_and_after_a_failure()
    {
        var disposed = 0;
        IEnumerable<int> Source()
        {
            try
            {
                yield return 1;
                yield return 2;
            }
            finally
            {
                disposed++;
            }
        }

        async IAsyncEnumerable<int> AsyncSource()
        {
            try
            {
                yield return 1;
                await Task.Yield();
                yield return 2;
            }
            finally
            {
                disposed++;
            }
        }

        await TaskGroup.ForEachAsync(Source(), (_, _) => Task.CompletedTask, maxConcurrency: 1);
        Assert.Equal(1, disposed);
        var failing = TaskGroup.ForEachAsync(Source(), (_, _) => throw new FormatException(), maxConcurrency: 1);
        await Assert.ThrowsAsync<FormatException>(() => failing);
        Assert.Equal(2, disposed);
        await TaskGroup.ForEachAsync(AsyncSource(), (_, _) => Task.CompletedTask, maxConcurrency: 1).Soon();
        Assert.Equal(3, disposed);
        failing = TaskGroup.ForEachAsync(AsyncSource(), (_, _) => throw new FormatException(), maxConcurrency: 1);
        await Assert.ThrowsAsync<FormatException>(() => failing.Soon());
        Assert.Equal(4, disposed);
    }

    [Fact]
    public async Task What_the_disposal_of_a_source_throws_does_not_replace_what_it_threw_before()
    {
        IEnumerable<int> Broken()
        {
            try
            {
                yield return 1;
            }
            finally
            {
                throw new ArithmeticException();
            }
        }

        var run = TaskGroup.ForEachAsync(Broken(), (_, _) => Task.FromException(new FormatException()), 1);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.IsType<ArithmeticException>(run.Exception!.InnerExceptions[1]);

        run = TaskGroup.ForEachAsync(new BrokenStream(), (_, _) => Task.CompletedTask, 1);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.IsType<ArithmeticException>(run.Exception!.InnerExceptions[1]);
        Assert.Equal(2, run.Exception.InnerExceptions.Count);
    }

    [Fact]
    public async Task A_null_task_is_the_failure_of_its_item()
    {
        var run = TaskGroup.ForEachAsync([1], (_, _) => null!, maxConcurrency: 1);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon());
        Assert.Contains("null instead of a task", exception.Message);
    }

    [Fact]
    public async Task Gives_an_asynchronous_source_the_groups_token()
    {
        async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken ct = default)
        {
            yield return 1;
            await ct.UntilCancelled();
        }

        using var outer = new CancellationTokenSource();
        var run = TaskGroup.ForEachAsync(Endless(), (_, _) => Task.CompletedTask, maxConcurrency: 2, outer.Token);
        outer.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);

        var failed = TaskGroup.ForEachAsync(
            Endless(),
            async (_, _) =>
            {
                await Task.Yield();
                throw new FormatException();
            },
            maxConcurrency: 2);
        await Assert.ThrowsAsync<FormatException>(() => failed.Soon());
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

    [Fact]
    public async Task A_source_that_is_stuck_is_reported_as_a_stuck_body_though_an_item_was_waited_for()
    {
        var clock = new ManualClock();
        var reports = new Reports();
        var gate = new TaskCompletionSource();
        var stuck = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        var options = reports.Options();
        options.MaxConcurrency = 1;
        options.TimeProvider = clock;
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.ForEachAsync(Source(), (_, _) => gate.Task, options, outer.Token);
        gate.SetResult();
        await stuck.Task.Soon();
        outer.Cancel();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<TimeoutException>(Assert.Single(reports.Exceptions));
        released.SetResult();
        await run.Ended();

        async IAsyncEnumerable<int> Source()
        {
            yield return 1;
            stuck.SetResult();
            await released.Task;
        }
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

    /// <summary>A collection that another thread is changing says how many it had, or will have.</summary>
    private sealed class Miscounted : Collection<string>, ICollection<string>
    {
        int ICollection<string>.Count => Count + 1;
    }

    private sealed class BrokenStream : IAsyncEnumerable<int>, IAsyncEnumerator<int>
    {
        public int Current => 0;

        public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public async ValueTask<bool> MoveNextAsync()
        {
            await Task.Yield();
            throw new FormatException();
        }

        public ValueTask DisposeAsync() => throw new ArithmeticException();
    }
}
