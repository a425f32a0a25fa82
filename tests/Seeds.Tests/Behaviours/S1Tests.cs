using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using ScopedTasks.Seeds.Tests.Support;
using Xunit;

namespace ScopedTasks.Seeds.Tests.Behaviours;

/// <summary>Notes on asyncio: what cannot be printed.</summary>
public sealed class S1Tests
{
    [Fact]
    public void S1_04_All_steps_of_all_tasks_run_on_one_thread_and_never_overlap() => EventLoop.Run(Steppers());

    [Fact]
    public void S1_05_Computing_adds_up_and_sleeping_overlaps()
    {
        var clock = new VirtualClock();
        var start = clock.GetUtcNow();
        EventLoop.Run(Ten(Compute), new EventLoopOptions { TimeProvider = clock });
        Assert.Equal(TimeSpan.FromSeconds(10), clock.GetUtcNow() - start);
        start = clock.GetUtcNow();
        EventLoop.Run(Ten(Sleep), new EventLoopOptions { TimeProvider = clock });
        Assert.Equal(TimeSpan.FromSeconds(1), clock.GetUtcNow() - start);

        static Coroutine Ten(Func<Coroutine> child) => CoroutineGroup.RunAsync(async group =>
        {
            for (var index = 0; index < 10; index++)
                group.Spawn(child());
            await Coroutine.Checkpoint();
        });

        async Coroutine Compute()
        {
            await Coroutine.Checkpoint();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        static async Coroutine Sleep() => await Coroutine.Sleep(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void S1_06_A_step_that_blocks_the_loop_is_named()
    {
        var slow = new List<(string Name, TimeSpan Duration)>();
        var options = new EventLoopOptions
        {
            SlowStepThreshold = TimeSpan.FromMilliseconds(150),
            Instruments = [new SlowSteps((task, duration) => slow.Add((task.Name, duration)))],
        };
        EventLoop.Run(CoroutineGroup.RunAsync(async group => group.Spawn(HoldsTheLoop())), options);

        var (_, longest) = Assert.Single(slow, step => step.Name == nameof(HoldsTheLoop));
        Assert.InRange(longest, TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(10));

        static async Coroutine HoldsTheLoop()
        {
            await Coroutine.Yield();
            Work.For(TimeSpan.FromMilliseconds(200));
            await Coroutine.Yield();
        }
    }

    [Fact]
    public void S1_07_The_time_of_a_task_is_awake_asleep_and_waiting()
    {
        var clock = new VirtualClock();
        TaskNode? node = null;
        var options = new EventLoopOptions { TimeProvider = clock, TrackTaskTimes = true };
        EventLoop.Run(CoroutineGroup.RunAsync(Main), options);

        // What the machine takes for it is not worth mentioning beside these.
        var almostNothing = TimeSpan.FromSeconds(5);
        Assert.InRange(node!.Awake - TimeSpan.FromSeconds(20), TimeSpan.Zero, almostNothing);
        Assert.InRange(node.Asleep - TimeSpan.FromSeconds(100), TimeSpan.Zero, almostNothing);
        Assert.InRange(node.Waiting - TimeSpan.FromSeconds(50), TimeSpan.Zero, almostNothing);

        async Coroutine Main(CoroutineGroup group)
        {
            group.Spawn(Other());
            group.Spawn(Measured());
            await Coroutine.Yield();
            node = EventLoop.Current!.GetTaskTree().Roots.Single().Children.Single(child => child.Name == "Measured");
        }

        // Comes first, and lets the other one wait.
        async Coroutine Other()
        {
            await Coroutine.Checkpoint();
            clock.Advance(TimeSpan.FromSeconds(50));
        }

        async Coroutine Measured()
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            await Coroutine.Sleep(TimeSpan.FromSeconds(100));
        }
    }

    [Fact]
    public void S1_08_Utilization_is_the_part_of_the_time_in_which_the_loop_had_work()
    {
        using var busy = new EventLoop();
        busy.RunUntilComplete(Work());
        Assert.Equal(1, busy.GetStatistics().Utilization);
        using var idle = new EventLoop();
        idle.RunUntilComplete(Sleep());
        Assert.InRange(idle.GetStatistics().Utilization, 0, 0.999);

        static async Coroutine Work()
        {
            for (var step = 0; step < 100; step++)
                await Coroutine.Yield();
        }

        static async Coroutine Sleep() => await Coroutine.Sleep(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void S1_18_A_child_that_nobody_refers_to_is_not_collected()
    {
        var completed = 0;
        EventLoop.Run(Main());
        Assert.Equal(3, completed);

        Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            Spawn(group);
            for (var collection = 0; collection < 3; collection++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Coroutine.Yield();
            }
        });

        void Spawn(CoroutineGroup group)
        {
            group.Spawn(OnTimer());
            group.Spawn(OnThread());
            group.Spawn(OnOther(group.Run(OnTimer())));
        }

        async Coroutine OnTimer()
        {
            await Coroutine.Sleep(TimeSpan.FromMilliseconds(20));
            completed++;
        }

        async Coroutine OnThread()
        {
            await Task.Run(() => GC.Collect());
            completed++;
        }

        async Coroutine OnOther(ChildTask other)
        {
            await other;
            await Task.Delay(1);
        }
    }

    [Theory]
    [InlineData("await Ticks();", "CS1061")]
    [InlineData("group.Spawn(Ticks());", "CS1503")]
    [InlineData("group.Run(Ticks());", "CS1503")]
    [InlineData("await foreach (var tick in Ticks()) { }", null)]
    public void S1_26_A_generator_is_neither_awaited_nor_spawned(string statement, string? error) =>
        Assert.Equal(error, Probe.ErrorOf(statement));

    [Fact]
    public void S1_36_A_coroutine_that_never_ends_does_not_delay_a_timer_by_more_than_a_turn()
    {
        var clock = new VirtualClock();
        var turn = TimeSpan.FromMilliseconds(1);
        EventLoop.Run(CoroutineGroup.RunAsync(Main), new EventLoopOptions { TimeProvider = clock });

        async Coroutine Main(CoroutineGroup group)
        {
            var spinner = group.Run(Spin());
            var start = clock.GetTimestamp();
            await Coroutine.Sleep(10 * turn);
            Assert.InRange(clock.GetElapsedTime(start), 10 * turn, 11 * turn);
            spinner.Cancel();
        }

        async Coroutine Spin()
        {
            while (true)
            {
                clock.Advance(turn);
                await Coroutine.Yield();
            }
        }
    }

    [Fact]
    public async Task S1_38_Awaiting_a_coroutine_without_a_loop_says_what_is_missing()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Task.Run(async () => await SleepyCoroutine()));
        Assert.Contains("needs a running EventLoop; use EventLoop.Run or loop.InvokeAsync", failure.Message);

        static async Coroutine SleepyCoroutine() => await Coroutine.Sleep(TimeSpan.FromSeconds(1));
    }

    private static Coroutine Steppers() => CoroutineGroup.RunAsync(async group =>
    {
        var thread = Environment.CurrentManagedThreadId;
        var running = 0;
        for (var task = 0; task < 100; task++)
            group.Spawn(Steps());
        await Coroutine.Checkpoint();

        async Coroutine Steps()
        {
            for (var step = 0; step < 20; step++)
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                Interlocked.Decrement(ref running);
                if (step % 5 == 0)
                    await Task.Run(() => { }).ConfigureAwait(false);
                else
                    await Coroutine.Yield();
            }
        }
    });

    /// <summary>Hears of slow steps.</summary>
    private sealed class SlowSteps(Action<TaskNode, TimeSpan> note) : IEventLoopInstrument
    {
        public void SlowStep(TaskNode task, TimeSpan duration) => note(task, duration);
    }
}
