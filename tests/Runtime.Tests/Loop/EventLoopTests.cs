using System;
using System.Collections.Generic;
using System.Linq;
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
    public void A_loop_that_was_told_to_stop_still_sleeps_while_a_coroutine_runs_to_its_end()
    {
        using var loop = new EventLoop();
        loop.RunUntilComplete(StopAsync());
        Assert.NotEqual(0, loop.GetStatistics().IdleWaits);

        async Coroutine StopAsync()
        {
            loop.Stop();
            await Coroutine.Sleep(TimeSpan.FromMilliseconds(1));
        }
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

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(2_500)]
    public void A_rush_runs_in_the_order_in_which_it_came(int count) => OnLoop.Run(async () =>
    {
        var log = new List<(int Round, int Number)>();
        await CoroutineGroup.RunAsync(async group =>
        {
            for (var number = 0; number < count; number++)
                group.Spawn(Rounds(number));
            await Task.CompletedTask;
        });
        Assert.Equal(
            Enumerable.Range(0, 5).SelectMany(_ => Enumerable.Range(0, count), (round, number) => (round, number)),
            log);

        async Coroutine Rounds(int number)
        {
            for (var round = 0; round < 5; round++)
            {
                log.Add((round, number));
                await Coroutine.Yield();
            }
        }
    });

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
    public void Instruments_see_tasks_and_steps_and_one_that_throws_is_removed()
    {
        var (good, bad) = (new Recorder(_log, fails: false), new Recorder([], fails: true));
        EventLoop.Run(
            Trivial(1, yields: true),
            new EventLoopOptions { TimeProvider = new VirtualClock(), Instruments = [bad, good] });
        Assert.Equal(["spawned Trivial", "before", "after", "before", "after", "exited"], _log);
        Assert.Equal(1, bad.Calls);
    }

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
