using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>What coroutines wait for: futures, events, locks, threads, starts.</summary>
public sealed class PrimitiveTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void A_future_is_set_once_and_awaited_many_times() => OnLoop.Run(async () =>
    {
        var future = new Future<int>();
        Assert.Throws<InvalidOperationException>(() => future.Result);
        await CoroutineGroup.RunAsync(async group =>
        {
            var waiters = new[] { group.Run(Wait()), group.Run(Wait()), group.Run(Wait()) };
            await Coroutine.Yield();
            future.SetResult(42);
            Assert.Throws<InvalidOperationException>(() => future.SetResult(1));
            Assert.False(future.TrySetException(new FormatException()));
            foreach (var waiter in waiters)
                Assert.Equal(42, await waiter);
        });
        Assert.Equal(42, await future);

        async Coroutine<int> Wait() => await future;
    });

    [Fact]
    public void A_failed_future_throws_for_every_waiter() => OnLoop.Run(async () =>
    {
        var future = new Future<int>();
        future.SetException(new FormatException());
        for (var turn = 0; turn < 3; turn++)
            await Assert.ThrowsAsync<FormatException>(async () => await future);
        Assert.IsType<FormatException>(future.Exception);
    });

    [Fact]
    public void An_event_wakes_all_and_stays_set() => OnLoop.Run(async () =>
    {
        var happened = new AsyncEvent();
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(happened.WaitAsync());
            group.Spawn(happened.WaitAsync());
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Equal(2, happened.WaitingCount);
            happened.Set();
        });
        await happened.WaitAsync();
    });

    [Fact]
    public void A_lock_is_handed_over_in_order_and_nobody_slips_in()
    {
        OnLoop.Run(async () =>
        {
            var gate = new AsyncLock();
            await CoroutineGroup.RunAsync(async group =>
            {
                foreach (var name in new[] { "a", "b", "c" })
                    group.Spawn(Enter(gate, name));
                await EventLoop.WaitAllTasksBlockedAsync();
                Assert.Equal(2, gate.WaitingCount);
                Assert.False(gate.TryAcquire(out _));
                Assert.Throws<InvalidOperationException>(gate.Release);
            });
            Assert.True(gate.TryAcquire(out var releaser));
            Assert.Contains("not reentrant", await Refusal(gate));
            releaser.Dispose();
            releaser.Dispose();
            Assert.Throws<InvalidOperationException>(gate.Release);
        });
        Assert.Equal(["a", "b", "c"], _log);

        // An async lambda for a task would be somebody else, who may wait.
        static async Coroutine<string> Refusal(AsyncLock gate)
        {
            try
            {
                await gate.AcquireAsync();
                return "";
            }
            catch (InvalidOperationException exception)
            {
                return exception.Message;
            }
        }

        async Coroutine Enter(AsyncLock gate, string name)
        {
            using (await gate.AcquireAsync())
            {
                await Coroutine.Sleep(OnLoop.Seconds(1));
                _log.Add(name);
            }
        }
    }

    [Fact]
    public void Lock_OwnerExits_WaitersFail() => OnLoop.Run(async () =>
    {
        var gate = new AsyncLock();
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Forget(), "thief");
            await Coroutine.Yield();
            var failure = await Assert.ThrowsAsync<BrokenResourceException>(async () => await gate.AcquireAsync());
            Assert.Contains("'thief'", failure.Message);
        });
        await Assert.ThrowsAsync<BrokenResourceException>(async () => await gate.AcquireAsync());

        async Coroutine Forget()
        {
            await gate.AcquireAsync();
            await Coroutine.Sleep(OnLoop.Seconds(1));
        }
    });

    [Fact]
    public void A_cancelled_waiter_of_a_lock_leaves_no_trace() => OnLoop.Run(async () =>
    {
        var gate = new AsyncLock();
        using (await gate.AcquireAsync())
        {
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Wait());
                await EventLoop.WaitAllTasksBlockedAsync();
                Assert.Equal(1, gate.WaitingCount);
                group.CancelScope.Cancel();
                Assert.Equal(0, gate.WaitingCount);
            });
        }

        async Coroutine Wait() => await gate.AcquireAsync();
    });

    [Fact]
    public void A_semaphore_lets_a_number_in() => OnLoop.Run(async () =>
    {
        var semaphore = new AsyncSemaphore(2, 2);
        var (inside, peak) = (0, 0);
        await CoroutineGroup.RunAsync(async group =>
        {
            for (var index = 0; index < 6; index++)
                group.Spawn(Enter());
            await Task.CompletedTask;
        });
        Assert.Equal((2, 2), (peak, semaphore.CurrentCount));
        Assert.Equal(OnLoop.Seconds(3), OnLoop.Now);
        Assert.Throws<InvalidOperationException>(semaphore.Release);

        async Coroutine Enter()
        {
            using (await semaphore.AcquireAsync())
            {
                peak = Math.Max(peak, ++inside);
                await Coroutine.Sleep(OnLoop.Seconds(1));
                inside--;
            }
        }
    });

    [Fact]
    public void A_condition_lets_go_of_its_lock_while_waiting() => OnLoop.Run(async () =>
    {
        var condition = new AsyncCondition();
        var ready = false;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await condition.WaitAsync());
        await CoroutineGroup.RunAsync(async group =>
        {
            var waiter = group.Run(Wait());
            await EventLoop.WaitAllTasksBlockedAsync();
            using (await condition.Lock.AcquireAsync())
            {
                ready = true;
                condition.NotifyAll();
            }
            await waiter;
        });

        async Coroutine Wait()
        {
            using (await condition.Lock.AcquireAsync())
            {
                while (!ready)
                    await condition.WaitAsync();
            }
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_waited_for_a_condition_releases_its_lock_as_before(bool isNotified) => OnLoop.Run(async () =>
    {
        var condition = new AsyncCondition();
        AsyncLock.Releaser last = default;
        await CoroutineGroup.RunAsync(async group =>
        {
            var waiter = group.Run(Coroutine.MoveOnAfterAsync(OnLoop.Seconds(1), _ => Wait()));
            await EventLoop.WaitAllTasksBlockedAsync();
            using (await condition.Lock.AcquireAsync())
            {
                if (isNotified)
                    condition.Notify();
            }
            Assert.Equal(isNotified, await waiter);
            Assert.True(condition.Lock.TryAcquire(out var mine));
            last.Dispose();
            Assert.False(condition.Lock.TryAcquire(out _));
            mine.Dispose();
            Assert.True(condition.Lock.TryAcquire(out _));
            condition.Lock.Release();
        });

        async Coroutine Wait()
        {
            using var held = last = await condition.Lock.AcquireAsync();
            await condition.WaitAsync();
        }
    });

    [Fact]
    public void A_limiter_is_waited_for_as_anything_of_the_loop() => OnLoop.Run(async () =>
    {
        var limiter = new CapacityLimiter(1);
        await CoroutineGroup.RunAsync(async group =>
        {
            foreach (var name in new[] { "first", "second", "third" })
                group.Spawn(Hold(name));
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Equal(2, limiter.WaitingCount);
            Assert.Equal(0, EventLoop.Current!.GetStatistics().ExternalOperations);

            // Its scope cancels a waiter that was given no token.
            var finished = await Coroutine.MoveOnAfterAsync(OnLoop.Seconds(1), async _ => await Hold("never"));
            Assert.False(finished);
            Assert.Equal(2, limiter.WaitingCount);
        });
        Assert.Equal(["first", "second", "third"], _log);
        Assert.Equal(OnLoop.Seconds(30), OnLoop.Now);
        Assert.Equal(0, limiter.BorrowedTokens);

        async Coroutine Hold(string name)
        {
            using var lease = await limiter.AcquireAsync();
            await Coroutine.Sleep(OnLoop.Seconds(10));
            _log.Add(name);
        }
    });

    [Fact]
    public void A_free_token_is_no_way_around_a_cancelled_scope() => OnLoop.Run(async () =>
    {
        var limiter = new CapacityLimiter(1);
        using var scope = new CancelScope();
        scope.Cancel();
        for (var time = 0; time < 2; time++)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await limiter.AcquireAsync());
        Assert.Equal(0, limiter.BorrowedTokens);
        // What does not wait is not cancelled.
        Assert.True(limiter.TryAcquire(out var lease));
        lease.Dispose();
    });

    [Fact]
    public void A_limiter_that_nobody_lets_go_of_is_a_deadlock_with_its_name()
    {
        var limiter = new CapacityLimiter(0);
        var failure = Assert.Throws<DeadlockException>(() => OnLoop.Run(async () =>
        {
            using var lease = await limiter.AcquireAsync();
        }));
        Assert.Contains("CapacityLimiter.AcquireAsync", failure.Message);
        Assert.Equal(0, limiter.WaitingCount);
    }

    [Fact]
    public void Tasks_on_the_loop_wait_for_a_limiter_as_coroutines_do() => OnLoop.Run(async () =>
    {
        var limiter = new CapacityLimiter(1);
        var thread = Environment.CurrentManagedThreadId;
        await Task.WhenAll(Hold(), Hold(), Hold());
        Assert.Equal(OnLoop.Seconds(3), OnLoop.Now);

        async Task Hold()
        {
            using var lease = await limiter.AcquireAsync().ConfigureAwait(false);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            await Coroutine.Sleep(OnLoop.Seconds(1));
        }
    });
}
