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

/// <summary>Where the items of ForEachAsync and SelectAsync come from: copied, pulled, disposed, failing.</summary>
public sealed class ForEachSourceTests
{
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
