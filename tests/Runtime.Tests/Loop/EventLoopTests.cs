using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Runs, turns, and how work comes from outside.</summary>
public sealed class EventLoopTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Run_ReturnsValue_AndRejectsNonCoroutine()
    {
        Assert.Equal(8, EventLoop.Run(Trivial(8, yields: false)));
        Assert.Equal(8, EventLoop.Run(Trivial(8, yields: true)));
        Assert.Throws<ArgumentNullException>(() => EventLoop.Run(null!));
        var used = Trivial(1, yields: false);
        EventLoop.Run(used);
        Assert.Throws<InvalidOperationException>(() => EventLoop.Run(used));
    }

    [Fact]
    public void Run_PropagatesMainExceptionUnwrapped()
    {
        var thrown = new FormatException();
        Assert.Same(thrown, Assert.Throws<FormatException>(() => EventLoop.Run(Throw(thrown))));
    }

    [Fact]
    public void Run_InsideRunningLoop_Throws() => OnLoop.Run(async () =>
    {
        await Coroutine.Yield();
        var failure = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(Trivial(1, yields: false)));
        Assert.Contains("already running", failure.Message);
        using var other = new EventLoop();
        Assert.Throws<InvalidOperationException>(() => other.RunOnce(TimeSpan.Zero));
    });

    [Fact]
    public void Api_OutsideLoop_Throws()
    {
        Assert.Null(EventLoop.Current);
        Assert.Null(CancelScope.Current);
        using var driver = new CoroutineDriver(Trivial(1, yields: true));
        Assert.Throws<InvalidOperationException>(() => driver.Send(null, out _));
        using var group = new CoroutineDriver(CoroutineGroup.RunAsync(async _ => await Task.CompletedTask));
        Assert.Throws<InvalidOperationException>(() => group.Send(null, out _));
    }

    [Fact]
    public void Statistics_TrackLivingRunnableAndDeadline() => OnLoop.Run(async () =>
    {
        var loop = EventLoop.Current!;
        Assert.Equal(1, loop.GetStatistics().LiveTasks);
        Assert.Null(loop.GetStatistics().TimeToNextDeadline);
        await CoroutineGroup.RunAsync(async group =>
        {
            var child = group.Run(Forever());
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Equal(2, loop.GetStatistics().LiveTasks);
            Assert.Equal(0, loop.GetStatistics().RunQueueLength);
            using (var scope = new CancelScope())
            {
                scope.CancelAfter(OnLoop.Seconds(5));
                Assert.Equal(OnLoop.Seconds(5), loop.GetStatistics().TimeToNextDeadline);
            }
            Assert.Null(loop.GetStatistics().TimeToNextDeadline);
            child.Cancel();
            Assert.Equal(1, loop.GetStatistics().RunQueueLength);
        });
        Assert.Equal(1, loop.GetStatistics().LiveTasks);
    });

    [Fact]
    public void Loop_ManualReschedule() => OnLoop.Run(async () =>
    {
        var value = new Future<int>();
        var failure = new Future<int>();
        await CoroutineGroup.RunAsync(async group =>
        {
            var waiter = group.Run(Wait());
            await EventLoop.WaitAllTasksBlockedAsync();
            value.SetResult(7);
            await EventLoop.WaitAllTasksBlockedAsync();
            failure.SetException(new FormatException("second"));
            Assert.Equal("7 second", await waiter);
        });

        async Coroutine<string> Wait()
        {
            var first = await value;
            var second = await Assert.ThrowsAsync<FormatException>(async () => await failure);
            return $"{first} {second.Message}";
        }
    });

    [Fact]
    public void Sleep_RealClock_NeverEarly()
    {
        var clock = Stopwatch.StartNew();
        EventLoop.Run(Sleeps());
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(150), $"{clock.Elapsed}");

        static async Coroutine Sleeps()
        {
            for (var turn = 0; turn < 3; turn++)
            {
                var asleep = Stopwatch.StartNew();
                await Coroutine.Sleep(TimeSpan.FromMilliseconds(50));
                Assert.True(asleep.Elapsed >= TimeSpan.FromMilliseconds(50), $"{asleep.Elapsed}");
            }
        }
    }

    [Fact]
    public void It_sleeps_in_the_operating_system()
    {
        using var loop = new EventLoop();
        loop.RunUntilComplete(Three());
        Assert.InRange(loop.GetStatistics().IdleWaits, 1, 10);

        static Coroutine Three() => CoroutineGroup.RunAsync(async group =>
        {
            foreach (var delay in new[] { 60, 20, 40 })
                group.Spawn(Nap(delay));
            await Task.CompletedTask;
        });

        static async Coroutine Nap(int milliseconds) =>
            await Coroutine.Sleep(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Fact]
    public void Post_TooLate_Throws()
    {
        var loop = new EventLoop();
        loop.RunUntilComplete(Trivial(1, yields: true));
        loop.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
        Assert.Throws<ObjectDisposedException>(() => loop.RunUntilComplete(Trivial(1, yields: true)));
        Assert.Throws<ObjectDisposedException>(() => { _ = loop.InvokeAsync(() => Trivial(1, yields: true)); });
    }

    [Fact]
    public void Post_CannotStarveTasks() => OnLoop.Run(async () =>
    {
        var loop = EventLoop.Current!;
        var ends = false;
        loop.Post(Again);
        for (var turn = 0; turn < 20; turn++)
            await Coroutine.Yield();
        ends = true;

        void Again()
        {
            if (!ends)
                loop.Post(Again);
        }
    });

    [Fact]
    public void Post_ThreadStress()
    {
        const int Count = 100_000;
        var received = 0;
        using var loop = new EventLoop();
        var posters = Enumerable.Range(0, 2).Select(_ => new Thread(PostAll)).ToArray();
        loop.RunUntilComplete(WaitForAll());
        Assert.Equal(2 * Count, received);

        void PostAll()
        {
            for (var index = 0; index < Count; index++)
                loop.Post(() => received++);
        }

        async Coroutine WaitForAll()
        {
            using var hold = loop.KeepAlive();
            foreach (var poster in posters)
                poster.Start();
            while (received < 2 * Count)
                await Coroutine.Sleep(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void Posted_callbacks_run_in_order()
    {
        using var loop = new EventLoop();
        for (var number = 1; number <= 3; number++)
        {
            var text = $"{number}";
            loop.Post(() => _log.Add(text));
        }
        loop.RunOnce(TimeSpan.Zero);
        Assert.Equal(["1", "2", "3"], _log);
    }

    [Fact]
    public void RunForever_stops_after_the_turn()
    {
        using var loop = new EventLoop();
        var ticks = 0;
        loop.Post(Tick);
        loop.RunForever();
        Assert.Equal(3, ticks);

        void Tick()
        {
            if (++ticks == 3)
                loop.Stop();
            else
                loop.Post(Tick);
        }
    }

    [Fact]
    public void CallLater_calls_by_delay_and_can_be_taken_back() => OnLoop.Run(async () =>
    {
        var loop = EventLoop.Current!;
        loop.CallLater(OnLoop.Seconds(2), () => _log.Add("2"));
        loop.CallLater(OnLoop.Seconds(1), () => _log.Add("1"));
        loop.CallLater(OnLoop.Seconds(1.5), () => _log.Add("never")).Dispose();
        await Coroutine.Sleep(OnLoop.Seconds(3));
        Assert.Equal(["1", "2"], _log);
    });

    [Fact]
    public void A_callback_that_throws_cancels_the_main_coroutine_and_comes_out()
    {
        var thrown = new FormatException();
        var caught = Assert.Throws<FormatException>(() => OnLoop.Run(async () =>
        {
            EventLoop.Current!.Post(() => throw thrown);
            try
            {
                await Coroutine.SleepForever();
            }
            finally
            {
                _log.Add("finally");
            }
        }));
        Assert.Same(thrown, caught);
        Assert.Equal(["finally"], _log);
    }

    [Fact]
    public void A_deadlock_names_who_waits_for_what_and_unwinds()
    {
        var failure = Assert.Throws<DeadlockException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Hang(), "hanger");
            await Task.CompletedTask;
        })));
        Assert.Contains("hanger: Suspended, waits for Future<String>", failure.Message);
        Assert.Contains("CoroutineGroup", failure.Message);
        Assert.Contains("KeepAlive()", failure.Message);
        Assert.Equal(["finally"], _log);

        async Coroutine Hang()
        {
            try
            {
                await new Future<string>();
            }
            finally
            {
                _log.Add("finally");
            }
        }
    }

    [Fact]
    public void A_deadlock_under_a_shield_ends_too() => Assert.Throws<DeadlockException>(() => OnLoop.Run(async () =>
        await Coroutine.ShieldAsync(async _ => await Coroutine.SleepForever())));

    [Fact]
    public void Something_kept_alive_is_waited_for_and_no_deadlock() => OnLoop.Run(async () =>
    {
        var loop = EventLoop.Current!;
        var future = new Future<int>();
        using var hold = loop.KeepAlive();
        await Task.Run(() => loop.Post(() => future.SetResult(3)));
        Assert.Equal(3, await future);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void Scheduler_SeededIsDeterministic(int seed)
    {
        Assert.Equal(Trace(seed), Trace(seed));
        Assert.NotEqual(Trace(seed), Trace(seed + 1));

        static string Trace(int seed)
        {
            var trace = new List<int>();
            OnLoop.Run(
                () => CoroutineGroup.RunAsync(async group =>
                {
                    for (var index = 0; index < 20; index++)
                        group.Spawn(Loop(index));
                    await Task.CompletedTask;
                }),
                seed);
            return string.Join(",", trace);

            async Coroutine Loop(int index)
            {
                for (var turn = 0; turn < 5; turn++)
                {
                    trace.Add(index);
                    await Coroutine.Yield();
                }
            }
        }
    }

    [Fact]
    public void VirtualClock_AutoJump()
    {
        var clock = Stopwatch.StartNew();
        OnLoop.Run(async () =>
        {
            for (var turn = 0; turn < 10; turn++)
            {
                var before = OnLoop.Now;
                await Coroutine.Sleep(OnLoop.Seconds(45));
                Assert.Equal(OnLoop.Seconds(45), OnLoop.Now - before);
            }
        });
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(100));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void VirtualClock_AutoJump_WaitsForBlockedWaiters(int cushion)
    {
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Sleeper());
            group.Spawn(Waiter());
            await Task.CompletedTask;
        }));
        Assert.Equal(["waiter woke", "yawn", "waiter done"], _log);

        async Coroutine Sleeper()
        {
            await Coroutine.Sleep(OnLoop.Seconds(100));
            _log.Add("yawn");
        }

        async Coroutine Waiter()
        {
            await EventLoop.WaitAllTasksBlockedAsync(OnLoop.Seconds(cushion));
            _log.Add("waiter woke");
            await Coroutine.Sleep(OnLoop.Seconds(1000));
            _log.Add("waiter done");
        }
    }

    [Fact]
    public void Sleep_And_SleepUntil() => OnLoop.Run(async () =>
    {
        await Coroutine.Sleep(OnLoop.Seconds(3));
        Assert.Equal(OnLoop.Seconds(3), OnLoop.Now);
        await Coroutine.SleepUntil(EventLoop.Current!.TimeProvider.GetUtcNow() + OnLoop.Seconds(4));
        Assert.Equal(OnLoop.Seconds(7), OnLoop.Now);
        await Coroutine.SleepUntil(DateTimeOffset.MinValue);
        await Coroutine.Sleep(TimeSpan.Zero);
        Assert.Equal(OnLoop.Seconds(7), OnLoop.Now);
        using var scope = new CancelScope();
        scope.Cancel();
        await Throws<OperationCanceledException>(async () => await Coroutine.Sleep(TimeSpan.Zero));
        await Throws<OperationCanceledException>(async () => await Coroutine.Sleep(OnLoop.Seconds(1)));
        Assert.Equal(OnLoop.Seconds(7), OnLoop.Now);
    });

    [Fact]
    public void Everything_resumes_on_the_thread_of_the_loop() => EventLoop.Run(Check());

    [Fact]
    public void Timers_of_tasks_obey_the_virtual_clock() => OnLoop.Run(async () =>
    {
        var clock = EventLoop.Current!.TimeProvider;
        await Task.Delay(TimeSpan.FromHours(10), clock);
        Assert.Equal(TimeSpan.FromHours(10), OnLoop.Now);
        using var source = new CancellationTokenSource(TimeSpan.FromHours(5), clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, source.Token));
        Assert.Equal(TimeSpan.FromHours(15), OnLoop.Now);
        await Nested(clock);
        Assert.Equal(TimeSpan.FromHours(18), OnLoop.Now);

        static async Task Nested(TimeProvider clock)
        {
            await Task.Delay(TimeSpan.FromHours(1), clock);
            await Coroutine.Sleep(TimeSpan.FromHours(1));
            await Sleep();
        }

        static async Coroutine Sleep() => await Coroutine.Sleep(TimeSpan.FromHours(1));
    });

    [Fact]
    public void A_task_outside_holds_the_virtual_clock_back() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        group.Spawn(Sleeper());
        await Task.Run(() => Thread.Sleep(30));
        Assert.Equal(TimeSpan.Zero, OnLoop.Now);
        group.CancelScope.Cancel();

        static async Coroutine Sleeper() => await Coroutine.Sleep(OnLoop.Seconds(1));
    }));

    [Fact]
    public async Task Others_run_coroutines_on_the_loop_and_are_told_how_they_end()
    {
        await using var thread = EventLoopThread.Start();
        Assert.Equal(5, await thread.InvokeAsync(() => Trivial(5, yields: true)));
        await Assert.ThrowsAsync<FormatException>(() => thread.InvokeAsync(() => Throw(new FormatException())));
        using var source = new CancellationTokenSource();
        var waiting = thread.InvokeAsync(Forever, source.Token);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).Soon();
    }

    [Fact]
    public async Task Disposing_the_thread_cancels_what_runs_there()
    {
        var thread = EventLoopThread.Start();
        var started = new TaskCompletionSource();
        var waiting = thread.InvokeAsync(async () =>
        {
            started.SetResult();
            await Forever();
        });
        await started.Task.Soon();
        await thread.DisposeAsync();
        Assert.True((await ((Task)waiting).Ended()).IsCanceled);
    }

    [Fact]
    public void Instruments_see_tasks_and_steps_and_one_that_throws_is_removed()
    {
        var (good, bad) = (new Recorder(_log, fails: false), new Recorder([], fails: true));
        EventLoop.Run(
            Trivial(1, yields: true),
            new EventLoopOptions { TimeProvider = new VirtualClock(), Instruments = [bad, good] });
        Assert.Equal(["spawned Trivial", "before", "after", "before", "after", "exited"], _log);
        Assert.Equal(1, bad.Calls);
    }

    [Fact]
    public void Iterators_LeftoverClosedAtShutdown()
    {
        OnLoop.Run(async () =>
        {
            var leftover = Count("leftover").GetAsyncEnumerator();
            EventLoop.Current!.TrackAsyncEnumerator(leftover);
            Assert.True(await leftover.MoveNextAsync());
            await foreach (var _ in Count("exhausted"))
            {
            }
            _log.Add("main");
        });
        Assert.Equal(["exhausted closed", "main", "leftover closed"], _log);

        async IAsyncEnumerable<int> Count(string name)
        {
            try
            {
                yield return 1;
                await Coroutine.Yield();
                yield return 2;
            }
            finally
            {
                await Coroutine.Sleep(OnLoop.Seconds(1));
                _log.Add($"{name} closed");
            }
        }
    }

    [Fact]
    public void Iterators_InterdependentOrder()
    {
        OnLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            for (var number = 0; number <= 100; number++)
            {
                var iterator = One(number).GetAsyncEnumerator();
                loop.TrackAsyncEnumerator(iterator);
                await iterator.MoveNextAsync();
            }
        });
        Assert.Equal(Enumerable.Range(0, 101).Reverse().Select(number => $"{number}"), _log);

        async IAsyncEnumerable<int> One(int number)
        {
            try
            {
                await Task.CompletedTask;
                yield return number;
            }
            finally
            {
                _log.Add($"{number}");
            }
        }
    }

    [Fact]
    public void Iterators_ThrowDuringShutdown_Reported()
    {
        using var events = new Events();
        OnLoop.Run(async () =>
        {
            foreach (var name in new[] { "first", "second" })
            {
                var leftover = Fails(name).GetAsyncEnumerator();
                EventLoop.Current!.TrackAsyncEnumerator(leftover);
                await leftover.MoveNextAsync();
            }
            _log.Add("main");
        });
        Assert.Equal(["main", "second", "first"], _log);
        Assert.Contains(events.All, text => text.Contains("the iterator 'second' does not close"));
        Assert.Contains(events.All, text => text.Contains("the iterator 'first' does not close"));

        async IAsyncEnumerable<int> Fails(string name)
        {
            try
            {
                await Task.CompletedTask;
                yield return 1;
            }
            finally
            {
                _log.Add(name);
                throw new FormatException($"the iterator '{name}' does not close");
            }
        }
    }

    [Fact]
    public void FromThread_InvokeAndCancelCheck()
    {
        EventLoop.Run(Main());

        static async Coroutine Main()
        {
            var loop = EventLoop.Current!;
            var thread = Environment.CurrentManagedThreadId;
            var seen = await Blocking.RunAsync(token => Result(loop.InvokeAsync(OnLoopThread, token)));
            Assert.Equal(thread, seen);

            var isCancelled = false;
            var finished = await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope => Blocking.RunAsync(
                token =>
                {
                    loop.Post(() => scope.Cancel());
                    isCancelled = token.WaitHandle.WaitOne();
                    token.ThrowIfCancellationRequested();
                }));
            Assert.False(finished);
            Assert.True(isCancelled);

            // What is the loop's own refuses another thread.
            await CoroutineGroup.RunAsync(async group => await Blocking.RunAsync(_ =>
                Assert.Throws<InvalidOperationException>(() => group.Spawn(OnLoopThread()))));
        }

        static async Coroutine<int> OnLoopThread()
        {
            await Coroutine.Yield();
            return Environment.CurrentManagedThreadId;
        }

        static int Result(Task<int> task)
        {
            task.Block();
            return task.Result;
        }
    }

    private static async Coroutine Check()
    {
        var thread = Environment.CurrentManagedThreadId;
        await Task.Delay(1).ConfigureAwait(false);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Task.Run(() => { });
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await new ValueTask(Task.Delay(1)).ConfigureAwait(false);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Task.Yield();
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        var source = new TaskCompletionSource();
        await Task.Run(source.SetResult);
        await source.Task;
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await PlainTask(thread);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Task.Factory.StartNew(
            () => Assert.Equal(thread, Environment.CurrentManagedThreadId),
            CancellationToken.None,
            TaskCreationOptions.None,
            EventLoop.Current!.TaskScheduler);
    }

    private static async Task PlainTask(int thread)
    {
        await Task.Delay(1);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Coroutine.Sleep(TimeSpan.FromMilliseconds(1));
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
    }

    private static async Coroutine Throws<T>(Func<Coroutine> body)
        where T : Exception =>
        await Assert.ThrowsAnyAsync<T>(async () => await body());

    private static async Coroutine<int> Trivial(int value, bool yields)
    {
        if (yields)
            await Coroutine.Yield();
        return value;
    }

    private static async Coroutine Throw(Exception exception)
    {
        await Task.CompletedTask;
        throw exception;
    }

    private static async Coroutine Forever() => await Coroutine.SleepForever();

    /// <summary>Writes down what it is told.</summary>
    private sealed class Recorder(List<string> log, bool fails) : IEventLoopInstrument
    {
        public int Calls { get; private set; }

        public void TaskSpawned(TaskNode task) => Note($"spawned {task.Name}");

        public void TaskExited(TaskNode task) => Note("exited");

        public void BeforeStep(TaskNode task) => Note("before");

        public void AfterStep(TaskNode task, TimeSpan duration) => Note("after");

        private void Note(string text)
        {
            Calls++;
            if (fails)
                throw new InvalidOperationException("a broken instrument");
            log.Add(text);
        }
    }
}
