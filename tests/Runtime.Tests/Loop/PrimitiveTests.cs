using System;
using System.Collections.Generic;
using System.Threading;
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

    [Fact]
    public void Blocking_RunsElsewhere_ReturnsOrThrows() => EventLoop.Run(BlockAsync());

    [Fact]
    public void Blocking_Limiter()
    {
        EventLoop.Run(Many());

        static async Coroutine Many()
        {
            var limiter = new CapacityLimiter(2);
            var (inside, peak) = (0, 0);
            var gate = new object();
            await CoroutineGroup.RunAsync(async group =>
            {
                for (var index = 0; index < 8; index++)
                    group.Spawn(Blocking.RunAsync(_ => Enter(), limiter));
                await Task.CompletedTask;
            });
            Assert.InRange(peak, 1, 2);
            Assert.Equal(0, limiter.BorrowedTokens);

            void Enter()
            {
                lock (gate)
                    peak = Math.Max(peak, ++inside);
                Thread.Yield();
                lock (gate)
                    inside--;
            }
        }
    }

    [Fact]
    public void Blocking_calls_that_have_a_place_run_at_once()
    {
        const int Calls = 40;
        EventLoop.Run(AllAtOnce());

        static Coroutine AllAtOnce() => CoroutineGroup.RunAsync(async group =>
        {
            // None of them ends before all have begun, however slowly the thread pool would add threads.
            var all = new Barrier(Calls);
            group.Own(all);
            for (var call = 0; call < Calls; call++)
                group.Spawn(Blocking.RunAsync(_ => all.SignalAndWait()));
            await Task.CompletedTask;
        });
    }

    [Fact]
    public void Blocking_calls_flow_ambient_values_and_leave_the_threads_of_the_pool_alone()
    {
        var ambient = new AsyncLocal<string>();
        EventLoop.Run(Flows());

        async Coroutine Flows()
        {
            ambient.Value = "here";
            var (isPool, value) = await Blocking.RunAsync(_ =>
            {
                var seen = ambient.Value;
                ambient.Value = "changed";
                return (Thread.CurrentThread.IsThreadPoolThread, seen);
            });
            Assert.False(isPool);
            Assert.Equal("here", value);
            Assert.Equal("here", ambient.Value);
            Assert.Null(await Blocking.RunAsync(_ => TaskScheduler.Current == TaskScheduler.Default ? null : "other"));
        }
    }

    [Fact]
    public async Task Blocking_AbandonedThreadFinishesAfterRun()
    {
        using var end = new ManualResetEventSlim();
        var unobserved = 0;
        var failure = new FormatException();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, args) =>
            unobserved += args.Exception.InnerException == failure ? 1 : 0;
        TaskScheduler.UnobservedTaskException += count;
        try
        {
            EventLoop.Run(Abandons());
            end.Set();
            await ended.Task.Soon();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= count;
        }

        async Coroutine Abandons() => await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope =>
            Blocking.RunAsync(_ => Fail(scope), abandonOnCancel: true));

        void Fail(CancelScope scope)
        {
            scope.Cancel();
            end.Wait();
            ended.SetResult();
            throw failure;
        }
    }

    [Fact]
    public void A_cancelled_call_waits_for_its_thread_unless_it_is_abandoned()
    {
        using var end = new ManualResetEventSlim();
        EventLoop.Run(Cancel());

        async Coroutine Cancel()
        {
            var limiter = new CapacityLimiter(2);
            var finished = await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope => Blocking.RunAsync(
                _ =>
                {
                    scope.Cancel();
                    end.Wait();
                },
                limiter,
                abandonOnCancel: true));
            Assert.False(finished);
            Assert.Equal(1, limiter.BorrowedTokens);
            var seen = false;
            await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope => Blocking.RunAsync(
                token =>
                {
                    scope.Cancel();
                    seen = token.WaitHandle.WaitOne();
                },
                limiter));
            Assert.True(seen);
            end.Set();
        }
    }

    [Fact]
    public void A_start_waits_until_the_child_is_ready() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        Assert.Equal("ready", await group.StartAsync<string>(Child));
        Assert.Equal(OnLoop.Seconds(1), OnLoop.Now);
        Assert.Equal(1, group.RunningCount);

        static async Coroutine Child(StartSignal<string> signal)
        {
            await Coroutine.Sleep(OnLoop.Seconds(1));
            signal.SetStarted("ready");
            Assert.Throws<InvalidOperationException>(() => signal.SetStarted("again"));
            await Coroutine.Sleep(OnLoop.Seconds(5));
        }
    }));

    [Fact]
    public void Start_FailureBefore_ComesFromStart_OnLoop() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        var thrown = new FormatException();
        var caught = await Assert.ThrowsAsync<FormatException>(
            async () => await group.StartAsync<int>(_ => Fail(thrown)));
        Assert.Same(thrown, caught);
        Assert.False(group.CancelScope.IsCancellationRequested);
        var silent = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await group.StartAsync<int>(_ => Nothing()));
        Assert.Contains("exited without", silent.Message);
    }));

    [Fact]
    public void Start_DoubleStarted_Throws_OnLoop() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        Assert.Equal(1, await group.StartAsync<int>(Child));

        static async Coroutine Child(StartSignal<int> signal)
        {
            signal.SetStarted(1);
            Assert.Throws<InvalidOperationException>(() => signal.SetStarted(2));
            await Coroutine.Yield();
        }
    }));

    [Fact]
    public void Start_ExitWithoutStarted_Throws_OnLoop() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await group.StartAsync<int>(static async _ => await Coroutine.Yield()));
        Assert.Contains("exited without", failure.Message);
    }));

    [Fact]
    public void Start_ClosedGroup_ThrowsImmediately_OnLoop() => OnLoop.Run(async () =>
    {
        CoroutineGroup? closed = null;
        await CoroutineGroup.RunAsync(async group =>
        {
            closed = group;
            await Coroutine.Yield();
        });
        var before = OnLoop.Now;
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await closed!.StartAsync<int>(static async _ => await Coroutine.Sleep(OnLoop.Seconds(1))));
        Assert.Equal(before, OnLoop.Now);
    });

    [Fact]
    public void Start_KeepsGroupOpen()
    {
        OnLoop.Run(async () =>
        {
            await CoroutineGroup.RunAsync(async starter =>
            {
                await CoroutineGroup.RunAsync(async target =>
                {
                    starter.Spawn(StartIn(target));
                    await Coroutine.Yield();
                });
                Assert.Equal(OnLoop.Seconds(6), OnLoop.Now);
            });
        });

        static async Coroutine StartIn(CoroutineGroup target) => await target.StartAsync<int>(Child);

        static async Coroutine Child(StartSignal<int> signal)
        {
            await Coroutine.Sleep(OnLoop.Seconds(5));
            signal.SetStarted(0);
            await Coroutine.Sleep(OnLoop.Seconds(1));
        }
    }

    [Fact]
    public void Start_IntoCancelledTarget_AbortsMovedSleepers()
    {
        OnLoop.Run(() => CoroutineGroup.RunAsync(async starter =>
        {
            await CoroutineGroup.RunAsync(async target =>
            {
                starter.Spawn(StartIn(target));
                await EventLoop.WaitAllTasksBlockedAsync();
                target.CancelScope.Cancel();
            });
            _log.Add($"target ended at {OnLoop.Now.TotalSeconds}");
        }));
        Assert.Equal(["grandchild cancelled", "started", "target ended at 5"], _log);

        async Coroutine StartIn(CoroutineGroup target)
        {
            await target.StartAsync<int>(Child);
            _log.Add("started");
        }

        async Coroutine Child(StartSignal<int> signal)
        {
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Grandchild());
                await Coroutine.Sleep(OnLoop.Seconds(5));
                signal.SetStarted(0);
            });
        }

        async Coroutine Grandchild()
        {
            try
            {
                await Coroutine.SleepForever();
            }
            finally
            {
                _log.Add("grandchild cancelled");
            }
        }
    }

    [Fact]
    public void An_abandoned_task_is_waited_for_no_longer() => EventLoop.Run(Abandon());

    private static async Coroutine Abandon()
    {
        var never = new TaskCompletionSource<int>();
        Assert.False(await Coroutine.MoveOnAfterAsync(
            TimeSpan.FromMilliseconds(1), async _ => await never.Task.AbandonOnCancel()));
        Assert.Equal(4, await Task.Run(() => 4).AbandonOnCancel());
    }

    private static async Coroutine BlockAsync()
    {
        var loop = EventLoop.Current!;
        var here = Environment.CurrentManagedThreadId;
        Assert.NotEqual(here, await Blocking.RunAsync(_ => Environment.CurrentManagedThreadId));
        Assert.Equal(here, Environment.CurrentManagedThreadId);
        var failure = await Assert.ThrowsAsync<FormatException>(
            async () => await Blocking.RunAsync(_ => int.Parse("from afar")));
        Assert.Contains("from afar", failure.Message);
        var inner = await Blocking.RunAsync(_ => loop.InvokeAsync(Where).GetAwaiter().GetResult());
        Assert.Equal(here, inner);

        static async Coroutine<int> Where()
        {
            await Coroutine.Yield();
            return Environment.CurrentManagedThreadId;
        }
    }

    private static async Coroutine Fail(Exception exception)
    {
        await Coroutine.Yield();
        throw exception;
    }

    private static async Coroutine Nothing() => await Coroutine.Yield();
}
