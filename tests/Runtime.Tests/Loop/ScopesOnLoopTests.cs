using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Scopes on an event loop: deadlines that move, shields that go, cancellation that stays.</summary>
public sealed class ScopesOnLoopTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void CancelPoints_AllCheckpointKindsThrow() => OnLoop.Run(async () =>
    {
        using var scope = new CancelScope();
        scope.Cancel();
        foreach (var wait in Waits())
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await wait());
        using (new CancelScope(shield: true))
        {
            await Coroutine.Checkpoint();
            await Coroutine.Yield();
            await Coroutine.Sleep(OnLoop.Seconds(1));
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Coroutine.Checkpoint());
    });

    [Fact]
    public void Shield_Toggle() => OnLoop.Run(async () =>
    {
        using var outer = new CancelScope();
        using (var inner = new CancelScope())
        {
            outer.Cancel();
            await Cancelled();
            inner.Shield = true;
            await Coroutine.Checkpoint();
            inner.Shield = false;
            await Cancelled();
            inner.Shield = true;
            inner.Cancel();
            await Cancelled();
        }
        await Cancelled();
    });

    [Fact]
    public void Unshield_AbortsSleepingTask() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        CancelScope? shield = null;
        var child = group.Run(Sleeper());
        await EventLoop.WaitAllTasksBlockedAsync();
        group.CancelScope.Cancel();
        Assert.False(child.IsCompleted);
        shield!.Shield = false;

        async Coroutine Sleeper()
        {
            using (shield = new CancelScope(shield: true))
                await Coroutine.SleepForever();
        }
    }));

    [Fact]
    public void Deadline_CanBeMovedAndExpires() => OnLoop.Run(async () =>
    {
        var clock = EventLoop.Current!.TimeProvider;
        using (var scope = new CancelScope())
        {
            Assert.Null(scope.Deadline);
            scope.CancelAfter(OnLoop.Seconds(1));
            scope.Deadline += OnLoop.Seconds(4);
            await Cancelled();
            Assert.Equal(OnLoop.Seconds(5), OnLoop.Now);
        }
        using (var scope = new CancelScope())
        {
            scope.Deadline = clock.GetUtcNow() - OnLoop.Seconds(1);
            Assert.True(scope.IsCancellationRequested);
        }
        using (var scope = new CancelScope())
            scope.CancelAfter(OnLoop.Seconds(1));
        await Coroutine.Sleep(OnLoop.Seconds(10));
    });

    [Fact]
    public void NestedScopes_OuterWins_PendingPoppedNotDelivered() => OnLoop.Run(async () =>
    {
        using var outer = new CancelScope();
        using (var middle = new CancelScope())
        {
            try
            {
                using var inner = new CancelScope();
                try
                {
                    inner.Cancel();
                    middle.Cancel();
                    await Coroutine.Yield();
                }
                catch (OperationCanceledException exception) when (inner.Owns(exception))
                {
                    Assert.Fail("The inner scope is cancelled from outside, too.");
                }
            }
            catch (OperationCanceledException exception) when (middle.Owns(exception))
            {
                _log.Add("middle");
            }
            Assert.True(middle.CancellationCaught);
        }
        using (var unheard = new CancelScope())
            unheard.Cancel();
        await Coroutine.Yield();
        Assert.Equal(["middle"], _log);
        Assert.False(outer.IsCancellationRequested);
    });

    [Fact]
    public void Scope_CancelBeforeEnter_Reuse_Reenter() => OnLoop.Run(async () =>
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        using (var scope = new CancelScope(source.Token))
        {
            Assert.True(scope.IsCancellationRequested);
            await ThrowsCancellation();
        }
        await Coroutine.Yield();
        CancelScope? expired = null;
        using (expired = new CancelScope())
        {
            expired.CancelAfter(TimeSpan.Zero);
            var failure = await ThrowsCancellation();
            Assert.True(expired.Owns(failure));
        }
        Assert.True(expired.CancellationCaught);
        await Coroutine.Yield();
        // A scope is entered where it is made: there is no entering it again, and leaving it again does nothing.
        expired.Dispose();
        using var mine = new CancelScope();
        await CoroutineGroup.RunAsync(group =>
        {
            group.Spawn(LeaveAsync());
            return LeaveAsync();
        });

        async Coroutine LeaveAsync()
        {
            Assert.Throws<InvalidOperationException>(mine.Dispose);
            await Coroutine.Yield();
            Assert.False(mine.IsCancellationRequested);
        }

        static async Coroutine<OperationCanceledException> ThrowsCancellation()
        {
            try
            {
                await Coroutine.Checkpoint();
            }
            catch (OperationCanceledException exception)
            {
                return exception;
            }
            throw new Xunit.Sdk.XunitException("The scope is cancelled.");
        }
    });

    [Fact]
    public void Scope_MisnestedDispose_IsDetected() => OnLoop.Run(async () =>
    {
        var outer = new CancelScope();
        var inner = new CancelScope();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(DisposeAsync(inner));
            await Coroutine.Yield();
        });
        Assert.Same(inner, CancelScope.Current);
        inner.Dispose();
        inner.Dispose();
        Assert.Same(outer, CancelScope.Current);
        outer.Dispose();
        await Coroutine.Yield();

        static async Coroutine DisposeAsync(CancelScope scope)
        {
            await Coroutine.Yield();
            Assert.Throws<InvalidOperationException>(scope.Dispose);
        }
    });

    [Fact]
    public void Yield_ChecksExpiredDeadline() => EventLoop.Run(Spin());

    [Fact]
    public void DeepScopes_5000_NoStackOverflow() => OnLoop.Run(async () =>
    {
        const int Depth = 100_000;
        var scopes = Enumerable.Range(0, Depth).Select(_ => new CancelScope()).ToList();
        scopes[0].Cancel();
        Assert.True(scopes[^1].IsCancellationRequested);
        Assert.True(scopes[^1].Token.IsCancellationRequested);
        await Cancelled();
        for (var index = Depth - 1; index >= 0; index--)
            scopes[index].Dispose();
        await Coroutine.Yield();
    });

    [Fact]
    public void DeadlineHeap_NoStaleGrowth() => OnLoop.Run(async () =>
    {
        using var scope = new CancelScope();
        for (var turn = 0; turn < 2000; turn++)
            scope.CancelAfter(turn % 2 == 0 ? OnLoop.Seconds(turn) + OnLoop.Seconds(1) : Timeout.InfiniteTimeSpan);
        Assert.InRange(EventLoop.Current!.GetStatistics().TimerCount, 0, 1);
        await Coroutine.Yield();
    });

    [Fact]
    public void Timeouts_UnderShield() => OnLoop.Run(async () =>
    {
        using var outer = new CancelScope();
        outer.Cancel();
        using (new CancelScope(shield: true))
        {
            Assert.False(await Coroutine.MoveOnAfterAsync(OnLoop.Seconds(2), _ => Forever()));
            await Assert.ThrowsAsync<TimeoutException>(async () =>
                await Coroutine.FailAfterAsync(OnLoop.Seconds(2), _ => Forever()));
        }
        Assert.Equal(OnLoop.Seconds(4), OnLoop.Now);
    });

    [Fact]
    public void Timeouts_RejectNegative_OnLoop()
    {
        var negative = OnLoop.Seconds(-5);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = Coroutine.Sleep(negative); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = Coroutine.MoveOnAfterAsync(negative, _ => Spin()); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = Coroutine.FailAfterAsync(negative, _ => Spin()); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = Coroutine.ShieldAsync(_ => Spin(), negative); });
    }

    [Fact]
    public void RelativeDeadline_StartsAtEntry() => OnLoop.Run(async () =>
    {
        var later = Coroutine.MoveOnAfterAsync(OnLoop.Seconds(5), _ => Forever());
        await Coroutine.Sleep(OnLoop.Seconds(3));
        Assert.False(await later);
        Assert.Equal(OnLoop.Seconds(8), OnLoop.Now);
    });

    [Fact]
    public void A_body_that_finishes_late_has_finished() => OnLoop.Run(async () =>
        Assert.True(await Coroutine.MoveOnAfterAsync(
            OnLoop.Seconds(1),
            async _ => await Coroutine.ShieldAsync(async _ => await Coroutine.Sleep(OnLoop.Seconds(9))))));

    [Fact]
    public void A_grace_period_ends_a_shield() => OnLoop.Run(async () =>
    {
        await Assert.ThrowsAsync<TimeoutException>(async () =>
            await Coroutine.ShieldAsync(_ => Forever(), OnLoop.Seconds(2)));
        Assert.Equal(OnLoop.Seconds(2), OnLoop.Now);
    });

    [Fact]
    public void A_parent_token_cancels_a_scope_that_then_does_not_own_it() => OnLoop.Run(async () =>
    {
        using var source = new CancellationTokenSource();
        using var scope = new CancelScope(source.Token);
        EventLoop.Current!.CallLater(OnLoop.Seconds(1), source.Cancel);
        var caught = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Forever());
        Assert.False(scope.Owns(caught));
        Assert.Equal(OnLoop.Seconds(1), OnLoop.Now);
    });

    [Fact]
    public void A_scope_cancels_from_another_thread() => OnLoop.Run(async () =>
    {
        var scope = CancelScope.Current!;
        using var inner = new CancelScope();
        using var hold = EventLoop.Current!.KeepAlive();
        await Task.Run(() => inner.Cancel("from afar"));
        var caught = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Forever());
        Assert.Contains("from afar", caught.Message);
        Assert.False(scope.IsCancellationRequested);
    });

    [Fact]
    public void Overlapping_timeouts_of_tasks_stay_apart() => OnLoop.Run(async () =>
    {
        var (first, second) = (Within(2), Within(3));
        await Task.WhenAll(first, second);
        Assert.Equal([OnLoop.Seconds(2), OnLoop.Seconds(3)], [await first, await second]);

        static async Task<TimeSpan> Within(int seconds)
        {
            using var scope = new CancelScope();
            scope.CancelAfter(OnLoop.Seconds(seconds));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Coroutine.SleepForever());
            return OnLoop.Now;
        }
    });

    [Fact]
    public void The_lambda_forms_for_tasks_cancel_waits_of_the_loop() => OnLoop.Run(async () =>
    {
        Assert.False(await CancelScope.MoveOnAfterAsync(OnLoop.Seconds(2), async _ => await Forever()));
        Assert.Equal(OnLoop.Seconds(2), OnLoop.Now);
        await Coroutine.Yield();
    });

    [Fact]
    public void A_swallowed_cancellation_comes_again_and_is_reported()
    {
        using var events = new Events();
        var (swallowed, others) = (0, 0);
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Swallow(), "glutton");
            group.Spawn(Shielded());
            await Coroutine.Yield();
            group.CancelScope.Cancel();
        }));
        Assert.Equal(5000, swallowed);
        Assert.Equal(100, others);
        Assert.Equal(["cleanup"], _log);
        Assert.Single(events.All, line => line.Contains("'glutton'"));

        async Coroutine Swallow()
        {
            try
            {
                while (swallowed < 5000)
                {
                    try
                    {
                        await Coroutine.Sleep(OnLoop.Seconds(1));
                    }
                    catch (Exception)
                    {
                        swallowed++;
                    }
                }
            }
            finally
            {
                _log.Add("cleanup");
            }
        }

        async Coroutine Shielded()
        {
            using var shield = new CancelScope(shield: true);
            for (; others < 100; others++)
                await Coroutine.Yield();
            Assert.InRange(swallowed, 1, 4000);
        }
    }

    [Fact]
    public void A_cancellation_that_is_swallowed_above_the_code_that_waits_is_reported_too()
    {
        using var events = new Events();
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Swallow(), "helped");
            await Coroutine.Yield();
            group.CancelScope.Cancel();
        }));
        Assert.Single(events.All, line => line.Contains("'helped'"));

        static async Coroutine Swallow()
        {
            for (var swallowed = 0; swallowed < 1500;)
            {
                try
                {
                    await Wait();
                }
                catch (OperationCanceledException)
                {
                    swallowed++;
                }
            }
        }

        static async Coroutine Wait() => await Coroutine.Sleep(OnLoop.Seconds(1));
    }

    private static IEnumerable<Func<Coroutine>> Waits()
    {
        yield return async () => await Coroutine.Checkpoint();
        yield return async () => await Coroutine.Yield();
        yield return async () => await Coroutine.Sleep(TimeSpan.Zero);
        yield return async () => await Coroutine.Sleep(OnLoop.Seconds(1));
        yield return async () => await Coroutine.SleepForever();
        yield return async () => await new Future<int>();
        yield return async () => await new AsyncEvent().WaitAsync();
        yield return async () => await new AsyncLock().AcquireAsync();
        yield return async () => await new AsyncSemaphore(1).AcquireAsync();
    }

    private static async Coroutine Spin()
    {
        using var scope = new CancelScope();
        scope.CancelAfter(TimeSpan.FromMilliseconds(20));
        try
        {
            while (true)
                await Coroutine.Yield();
        }
        catch (OperationCanceledException exception) when (scope.Owns(exception))
        {
            Assert.True(scope.CancellationCaught);
        }
    }

    private static async Coroutine Cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Forever());

    private static async Coroutine Forever() => await Coroutine.SleepForever();
}
