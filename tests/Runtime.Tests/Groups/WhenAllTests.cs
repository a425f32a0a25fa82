using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Several pieces of work at once.</summary>
public sealed class WhenAllTests
{
    [Fact]
    public async Task Returns_values_of_two_to_eight()
    {
        Assert.Equal((1, "2"), await TaskGroup.WhenAllAsync(Value(1), Value("2")));
        Assert.Equal((1, 2, 3), await TaskGroup.WhenAllAsync(Value(1), Value(2), Value(3)));
        Assert.Equal((1, 2, 3, 4), await TaskGroup.WhenAllAsync(Value(1), Value(2), Value(3), Value(4)));
        Assert.Equal(
            (1, 2, 3, 4, 5),
            await TaskGroup.WhenAllAsync(Value(1), Value(2), Value(3), Value(4), Value(5)));
        Assert.Equal(
            (1, 2, 3, 4, 5, 6),
            await TaskGroup.WhenAllAsync(Value(1), Value(2), Value(3), Value(4), Value(5), Value(6)));
        Assert.Equal(
            (1, 2, 3, 4, 5, 6, 7),
            await TaskGroup.WhenAllAsync(Value(1), Value(2), Value(3), Value(4), Value(5), Value(6), Value(7)));
        Assert.Equal(
            (1, 2, 3, 4, 5, 6, 7, 8),
            await TaskGroup.WhenAllAsync(
                Value(1),
                Value(2),
                Value(3),
                Value(4),
                Value(5),
                Value(6),
                Value(7),
                Value(8)));
    }

    [Fact]
    public async Task Runs_two_to_eight_without_values()
    {
        var count = 0;
        Task Work(CancellationToken ct)
        {
            count++;
            return Task.CompletedTask;
        }

        await TaskGroup.WhenAllAsync(Work, Work);
        await TaskGroup.WhenAllAsync(Work, Work, Work);
        await TaskGroup.WhenAllAsync(Work, Work, Work, Work);
        await TaskGroup.WhenAllAsync(Work, Work, Work, Work, Work);
        await TaskGroup.WhenAllAsync(Work, Work, Work, Work, Work, Work);
        await TaskGroup.WhenAllAsync(Work, Work, Work, Work, Work, Work, Work);
        await TaskGroup.WhenAllAsync(Work, Work, Work, Work, Work, Work, Work, Work);
        Assert.Equal(35, count);
    }

    [Fact]
    public async Task Runs_them_at_once_and_inline()
    {
        var trace = new List<string>();
        var gate = new TaskCompletionSource();
        var all = TaskGroup.WhenAllAsync(
            async _ =>
            {
                trace.Add("a");
                await gate.Task;
                return 1;
            },
            async _ =>
            {
                trace.Add("b");
                await gate.Task;
                return 2;
            });
        Assert.Equal(["a", "b"], trace);
        Assert.False(all.IsCompleted);
        gate.SetResult();
        Assert.Equal((1, 2), await all.Soon());
    }

    [Fact]
    public async Task The_first_failure_cancels_the_others_and_all_have_ended()
    {
        var ended = false;
        var all = TaskGroup.WhenAllAsync(
            async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    ended = true;
                }
                return 1;
            },
            Task<int> (_) => throw new FormatException());
        await Assert.ThrowsAsync<FormatException>(() => all.Soon());
        Assert.True(ended);
        Assert.Single(all.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Carries_all_failures()
    {
        var all = TaskGroup.WhenAllAsync(
            async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    throw new ArithmeticException();
                }
            },
            _ => throw new FormatException());
        await Assert.ThrowsAsync<FormatException>(() => all.Soon());
        Assert.Equal(2, all.Exception!.InnerExceptions.Count);
    }

    [Fact]
    public async Task Ends_canceled_with_the_outer_token()
    {
        using var outer = new CancellationTokenSource();
        var values = TaskGroup.WhenAllAsync(Sleep<int>, Value(1), outer.Token);
        var plain = TaskGroup.WhenAllAsync(ct => ct.UntilCancelled(), _ => Task.CompletedTask, outer.Token);
        var sequence = TaskGroup.WhenAllAsync([Sleep<int>, Value(1)], outer.Token);
        outer.Cancel();
        foreach (var task in new Task[] { values, plain, sequence })
        {
            var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.Soon());
            Assert.Equal(outer.Token, exception.CancellationToken);
        }
    }

    [Fact]
    public async Task Returns_the_values_of_a_sequence_in_its_order()
    {
        var gates = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource<int>()).ToArray();
        var all = TaskGroup.WhenAllAsync(gates.Select(Func<CancellationToken, Task<int>> (gate) => _ => gate.Task));
        for (var i = 4; i >= 0; i--)
            gates[i].SetResult(i);
        var values = await all.Soon();
        Assert.Equal([0, 1, 2, 3, 4], values);
        Assert.Empty(await TaskGroup.WhenAllAsync(Array.Empty<Func<CancellationToken, Task<int>>>()));
    }

    [Fact]
    public async Task Bounds_a_sequence()
    {
        var gates = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        var started = 0;
        var all = TaskGroup.WhenAllAsync(
            gates.Select(Func<CancellationToken, Task> (gate) => _ =>
            {
                started++;
                return gate.Task;
            }),
            maxConcurrency: 2);
        Assert.Equal(2, started);
        foreach (var gate in gates)
            gate.SetResult();
        await all.Soon();
        Assert.Equal(3, started);
    }

    [Fact]
    public async Task All_that_have_a_place_start_even_in_a_cancelled_group()
    {
        var started = 0;
        Task Work(CancellationToken ct)
        {
            started++;
            return ct.UntilCancelled();
        }

        var cancelled = new CancellationToken(canceled: true);
        var all = TaskGroup.WhenAllAsync([Work, Work, Work], cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.Soon());
        Assert.Equal(3, started);

        started = 0;
        var gate = new TaskCompletionSource();
        all = TaskGroup.WhenAllAsync(
            Enumerable.Repeat<Func<CancellationToken, Task>>(
                _ =>
                {
                    started++;
                    return gate.Task;
                },
                5),
            maxConcurrency: 2,
            cancelled);
        Assert.Equal(2, started);
        gate.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.Soon());
        Assert.Equal(2, started);

        started = 0;
        all = TaskGroup.WhenAllAsync([_ => throw new FormatException(), Work, Work]);
        await Assert.ThrowsAsync<FormatException>(() => all.Soon());
        Assert.Equal(2, started);
    }

    [Fact]
    public async Task Work_with_values_starts_in_a_cancelled_group_too()
    {
        var started = 0;
        async Task<int> Work(CancellationToken ct)
        {
            started++;
            await ct.UntilCancelled();
            return started;
        }

        var cancelled = new CancellationToken(canceled: true);
        var all = TaskGroup.WhenAllAsync([Work, Work, Work], cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.Soon());
        Assert.Equal(3, started);
    }

    [Fact]
    public async Task A_sequence_with_a_token_alone_has_no_limit()
    {
        var gate = new TaskCompletionSource();
        var started = 0;
        async Task<int> Work(CancellationToken ct)
        {
            started++;
            await gate.Task;
            return 1;
        }

        var values = TaskGroup.WhenAllAsync([Work, Work], CancellationToken.None);
        Assert.Equal(2, started);
        var plain = TaskGroup.WhenAllAsync(new Func<CancellationToken, Task>[] { Work, Work }, CancellationToken.None);
        Assert.Equal(4, started);
        gate.SetResult();
        await values.Soon();
        await plain.Soon();
    }

    [Fact]
    public async Task Runs_a_list_of_work_with_values_or_without()
    {
        var values = new List<Func<CancellationToken, Task<int>>> { Value(1), Value(2) };
        int[] results = await TaskGroup.WhenAllAsync(values);
        Assert.Equal([1, 2], results);
        var plain = new List<Func<CancellationToken, Task>> { Value(1), _ => Task.CompletedTask };
        await TaskGroup.WhenAllAsync(plain);
        await TaskGroup.WhenAllAsync(plain, CancellationToken.None);
    }

    [Fact]
    public async Task Null_in_a_sequence_is_a_failure_that_says_so()
    {
        var plain = TaskGroup.WhenAllAsync([ct => ct.UntilCancelled(), null!]);
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => plain.Soon());
        Assert.Equal("work", exception.ParamName);
        Assert.Contains("An element of the sequence is null", exception.Message);
        var values = TaskGroup.WhenAllAsync([Value(1), null!]);
        await Assert.ThrowsAsync<ArgumentException>(() => values.Soon());
    }

    [Fact]
    public void Rejects_bad_arguments()
    {
        Func<CancellationToken, Task<int>> none = null!;
        Func<CancellationToken, Task> nothing = null!;
        AtOnce.Throws<ArgumentNullException>("a", () => TaskGroup.WhenAllAsync(none, Value(1)));
        AtOnce.Throws<ArgumentNullException>("b", () => TaskGroup.WhenAllAsync(Value(1), none));
        AtOnce.Throws<ArgumentNullException>("c", () => TaskGroup.WhenAllAsync(Value(1), Value(2), none));
        AtOnce.Throws<ArgumentNullException>("b", () => TaskGroup.WhenAllAsync(Value(1), nothing));
        IEnumerable<Func<CancellationToken, Task>> work = null!;
        AtOnce.Throws<ArgumentNullException>("work", () => TaskGroup.WhenAllAsync(work));
        IEnumerable<Func<CancellationToken, Task<int>>> values = null!;
        AtOnce.Throws<ArgumentNullException>("work", () => TaskGroup.WhenAllAsync(values));
        AtOnce.Throws<ArgumentOutOfRangeException>(
            "maxConcurrency",
            () => TaskGroup.WhenAllAsync([Value(1)], maxConcurrency: 0));
    }

    private static Func<CancellationToken, Task<T>> Value<T>(T value) => async _ =>
    {
        await Task.Yield();
        return value;
    };

    private static async Task<T> Sleep<T>(CancellationToken ct)
    {
        await ct.UntilCancelled();
        return default!;
    }
}
