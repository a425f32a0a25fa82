using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Several pieces of work for one value.</summary>
public sealed class RaceTests
{
    [Fact]
    public async Task The_first_success_wins_and_the_losers_are_cancelled_and_awaited()
    {
        var cleanup = new TaskCompletionSource();
        var cancelled = false;
        var race = TaskGroup.RaceAsync<int>(
        [
            async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    cancelled = true;
                    await cleanup.Task;
                }
                return 1;
            },
            async _ =>
            {
                await Task.Yield();
                return 2;
            },
        ]);
        await Wait.Until(() => cancelled);
        Assert.False(race.IsCompleted);
        cleanup.SetResult();
        Assert.Equal(2, await race.Soon());
    }

    [Fact]
    public async Task A_failure_does_not_decide()
    {
        var gate = new TaskCompletionSource<int>();
        var race = TaskGroup.RaceAsync<int>([_ => throw new FormatException(), _ => gate.Task]);
        Assert.False(race.IsCompleted);
        gate.SetResult(3);
        Assert.Equal(3, await race.Soon());
    }

    [Fact]
    public async Task All_failures_are_carried_when_all_fail()
    {
        var gate = new TaskCompletionSource();
        var race = TaskGroup.RaceAsync<int>(
        [
            async _ =>
            {
                await gate.Task;
                throw new FormatException();
            },
            _ => throw new ArithmeticException(),
        ]);
        gate.SetResult();
        await Assert.ThrowsAsync<ArithmeticException>(() => race.Soon());
        Assert.Equal(2, race.Exception!.InnerExceptions.Count);
    }

    [Fact]
    public async Task A_contender_whose_turn_comes_too_late_does_not_start()
    {
        var started = false;
        var race = TaskGroup.RaceAsync<int>(
        [
            _ => Task.FromResult(1),
            _ =>
            {
                started = true;
                return Task.FromResult(2);
            },
        ]);
        Assert.Equal(1, await race.Soon());
        Assert.False(started);
    }

    [Fact]
    public async Task Late_winners_are_disposed()
    {
        var gate = new TaskCompletionSource();
        var losers = new[] { new Resource(), new AsyncResource() };
        var winner = new Resource();
        var race = TaskGroup.RaceAsync<Resource>(
        [
            async _ =>
            {
                await gate.Task;
                return losers[0];
            },
            async _ =>
            {
                await gate.Task;
                return losers[1];
            },
            _ => Task.FromResult(winner),
        ]);
        Assert.False(race.IsCompleted);
        gate.SetResult();
        Assert.Same(winner, await race.Soon());
        Assert.All(losers, loser => Assert.True(loser.IsDisposed));
        Assert.False(winner.IsDisposed);
    }

    [Fact]
    public async Task A_late_winner_that_is_the_winners_own_value_is_not_disposed()
    {
        var gate = new TaskCompletionSource();
        var shared = new Resource();
        var race = TaskGroup.RaceAsync<Resource>(
        [
            async _ =>
            {
                await gate.Task;
                return shared;
            },
            _ => Task.FromResult(shared),
        ]);
        gate.SetResult();
        Assert.Same(shared, await race.Soon());
        Assert.False(shared.IsDisposed);
    }

    [Fact]
    public async Task Failures_of_the_losers_go_to_the_event_source()
    {
        using var events = new Events();
        var id = Guid.NewGuid().ToString();
        var race = TaskGroup.RaceAsync<int>(
        [
            async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    throw new FormatException(id);
                }
            },
            _ => Task.FromResult(2),
        ]);
        Assert.Equal(2, await race.Soon());
        Assert.Contains(events.All, text => text.StartsWith("LoserFailure") && text.Contains(id));
    }

    [Fact]
    public async Task What_a_late_winner_throws_in_its_disposal_goes_to_the_event_source()
    {
        using var events = new Events();
        var id = Guid.NewGuid().ToString();
        var gate = new TaskCompletionSource();
        var race = TaskGroup.RaceAsync<Resource>(
        [
            async _ =>
            {
                await gate.Task;
                return new Resource { Failure = new FormatException(id) };
            },
            _ => Task.FromResult(new Resource()),
        ]);
        gate.SetResult();
        await race.Soon();
        Assert.Contains(events.All, text => text.StartsWith("LoserFailure") && text.Contains(id));
    }

    [Fact]
    public async Task An_outer_cancellation_before_the_decision_ends_it_as_canceled()
    {
        using var outer = new CancellationTokenSource();
        var race = TaskGroup.RaceAsync<int>(
        [
            async ct =>
            {
                await ct.UntilCancelled();
                return 1;
            },
            _ => throw new FormatException(),
        ],
            outer.Token);
        outer.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => race.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task An_outer_cancellation_that_cut_nothing_short_leaves_the_failures()
    {
        using var outer = new CancellationTokenSource();
        var gate = new TaskCompletionSource<int>();
        var race = TaskGroup.RaceAsync<int>([_ => gate.Task], outer.Token);
        outer.Cancel();
        gate.SetException(new FormatException());
        await Assert.ThrowsAsync<FormatException>(() => race.Soon());
    }

    [Fact]
    public async Task An_outer_cancellation_after_the_decision_does_not_take_it_back()
    {
        using var outer = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var race = TaskGroup.RaceAsync<int>(
        [
            async ct =>
            {
                await gate.Task;
                ct.ThrowIfCancellationRequested();
                return 1;
            },
            _ => Task.FromResult(2),
        ],
            outer.Token);
        outer.Cancel();
        gate.SetResult();
        Assert.Equal(2, await race.Soon());
    }

    [Fact]
    public void Rejects_bad_arguments()
    {
        IEnumerable<Func<CancellationToken, Task<int>>> nobody = null!;
        AtOnce.Throws<ArgumentNullException>("contenders", () => TaskGroup.RaceAsync(nobody));
        AtOnce.Throws<ArgumentException>("contenders", () => TaskGroup.RaceAsync<int>([]));
        AtOnce.Throws<ArgumentException>("contenders", () => TaskGroup.RaceAsync<int>([null!]));
    }

    private class Resource : IDisposable
    {
        public bool IsDisposed { get; protected set; }

        public Exception? Failure { get; init; }

        public virtual void Dispose()
        {
            IsDisposed = true;
            if (Failure is not null)
                throw Failure;
        }
    }

    private sealed class AsyncResource : Resource, IAsyncDisposable
    {
        public override void Dispose() => throw new InvalidOperationException("Asynchronously, if it can be.");

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            IsDisposed = true;
        }
    }
}
