using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using ScopedTasks.Runtime.Tests.Support;
using ScopedTasks.Seeds.Tests.Support;
using Xunit;

namespace ScopedTasks.Seeds.Tests.Behaviours;

/// <summary>What Async Anyway: what cannot be printed.</summary>
public sealed class S0Tests
{
    [Fact]
    public void S0_09_Nothing_comes_between_two_awaits_that_do_not_suspend()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var said = new List<string>();
            OnLoop.Run(() => Main(said), seed);
            Assert.Equal(said.IndexOf("Hi") + 1, said.IndexOf("!"));
        }

        static Coroutine Main(List<string> said) => CoroutineGroup.RunAsync(async group =>
        {
            for (var other = 0; other < 50; other++)
                group.Spawn(SayTwice(said, "you"));
            await group.SpawnAsync(Say(said, "you"));
            await Say(said, "Hi");
            await Say(said, "!");
        });

        static async Coroutine SayTwice(List<string> said, string word)
        {
            await Say(said, word);
            await Coroutine.Yield();
            await Say(said, word);
        }

        static async Coroutine Say(List<string> said, string word)
        {
            await Coroutine.Checkpoint();
            said.Add(word);
        }
    }

    [Fact]
    public void S0_12_A_sleep_ends_exactly_in_time_by_a_virtual_clock() =>
        Assert.All(Overslept(OnLoop.Options, TimeSpan.FromHours(1)), late => Assert.Equal(TimeSpan.Zero, late));

    [Fact]
    public void S0_12_A_sleep_never_ends_early() => Assert.All(
        Overslept(new EventLoopOptions(), TimeSpan.FromMilliseconds(300)),
        late => Assert.InRange(late, TimeSpan.Zero, TimeSpan.MaxValue));

    [Fact]
    public void S0_14_A_command_of_another_runtime_is_refused_where_it_is_awaited()
    {
        var onLoop = Assert.Throws<InvalidOperationException>(
            () => OnLoop.Run(async () => await Coroutine.Suspend(42)));
        Assert.Contains("yielded 'System.Int32' which this event loop does not understand", onLoop.Message);

        using var driver = new CoroutineDriver(Sleeps());
        var driven = Assert.Throws<InvalidOperationException>(() => driver.Send(null, out _));
        Assert.Contains("Coroutine.Sleep in 'Sleeps' needs a running EventLoop", driven.Message);

        static async Coroutine Sleeps() => await Coroutine.Sleep(TimeSpan.FromSeconds(1));
    }

    // Posting and calling later hand over a callback, not work; BackgroundTasks is the owner of what has none.
    [Fact]
    public void S0_17_Nothing_in_the_public_API_starts_work_without_an_owner()
    {
        var starters = from type in typeof(EventLoop).Assembly.GetExportedTypes()
                       from method in type.GetMethods(
                           BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                       where !method.IsSpecialName
                       where method.ReturnType == typeof(void) || method.ReturnType == typeof(ChildTask)
                       where method.GetParameters().Any(parameter => IsWork(parameter.ParameterType))
                       where !method.GetParameters().Any(parameter => IsGroup(parameter.ParameterType))
                       select $"{type.Name}.{method.Name}";

        // A run ends with its coroutine: it is the owner.
        Assert.Equal(["BackgroundTasks.Spawn", "EventLoop.Run"], starters.Distinct().Order());
        Assert.DoesNotContain(
            typeof(EventLoop).GetMethods(), method => method.Name is "Spawn" or "CreateTask" or "EnsureFuture");
    }

    [Fact]
    public void S0_22_Overload_shows_in_the_statistics_and_a_bound_keeps_it_small()
    {
        var unbounded = Serve(new TaskGroupOptions());
        var bounded = Serve(new TaskGroupOptions { MaxConcurrency = 4 });

        // Requests come twice as fast as they are served, for ten seconds.
        Assert.True(unbounded.Longest > 100, $"{unbounded}");
        Assert.True(unbounded.Waited > TimeSpan.FromSeconds(100), $"{unbounded}");
        Assert.InRange(bounded.Longest, 1, 5);
        Assert.True(bounded.Waited < unbounded.Waited / 10, $"{bounded}, {unbounded}");
    }

    [Fact]
    public void S0_22_The_oldest_that_can_run_tells_its_age() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        var loop = EventLoop.Current!;
        Assert.Equal(TimeSpan.Zero, loop.GetStatistics().OldestRunnableAge);
        group.Spawn(Nothing());
        await Coroutine.Yield();
        group.Spawn(Nothing());
        Work.For(TimeSpan.FromMilliseconds(60));
        Assert.InRange(
            loop.GetStatistics().OldestRunnableAge, TimeSpan.FromMilliseconds(30), TimeSpan.FromMinutes(10));
    }));

    [Fact]
    public void S0_27_Two_loops_on_two_threads_know_nothing_of_each_other()
    {
        var sums = new long[2];
        var threads = new[] { 0, 1 }
            .Select(index => new Thread(() => sums[index] = EventLoop.Run(Sum(index))))
            .ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();

        Assert.Equal([100_000, 200_000], sums);

        static async Coroutine<long> Sum(int index)
        {
            var loop = EventLoop.Current;
            var sum = 0L;
            await CoroutineGroup.RunAsync(async group =>
            {
                for (var child = 0; child < 100_000; child++)
                    group.Spawn(Add());
                await Coroutine.Yield();
            });
            return sum;

            async Coroutine Add()
            {
                await Coroutine.Yield();
                Assert.Same(loop, EventLoop.Current);
                sum += index + 1;
            }
        }
    }

    private static async Coroutine Nothing() => await Coroutine.Checkpoint();

    private static bool IsWork(Type type) => type == typeof(Coroutine) || typeof(Delegate).IsAssignableFrom(type);

    private static bool IsGroup(Type type) => type == typeof(CoroutineGroup) || type == typeof(TaskGroup);

    private static List<TimeSpan> Overslept(EventLoopOptions options, TimeSpan longest)
    {
        var late = new List<TimeSpan>(100_000);
        EventLoop.Run(SleepAll(), options);
        Assert.Equal(100_000, late.Count);
        return late;

        Coroutine SleepAll() => CoroutineGroup.RunAsync(async group =>
        {
            var random = new Random(12);
            for (var sleeper = 0; sleeper < 100_000; sleeper++)
                group.Spawn(Sleep(longest * random.NextDouble()));
            await Coroutine.Yield();
        });

        async Coroutine Sleep(TimeSpan time)
        {
            var clock = EventLoop.Current!.TimeProvider;
            var start = clock.GetTimestamp();
            await Coroutine.Sleep(time);
            late.Add(clock.GetElapsedTime(start) - time);
        }
    }

    // A request takes 20 ms of the loop in ten steps; one comes every 10 ms. Work is time that the clock is moved by.
    private static (int Longest, TimeSpan Waited) Serve(TaskGroupOptions options)
    {
        var clock = new VirtualClock();
        var longest = 0;
        var waited = TimeSpan.Zero;
        EventLoop.Run(
            CoroutineGroup.RunAsync(Accept, options),
            new EventLoopOptions { TimeProvider = clock, TrackTaskTimes = true, Instruments = [new Times(Add)] });
        return (longest, waited);

        void Add(TaskNode task) => waited += task.Name == nameof(Request) ? task.Waiting : TimeSpan.Zero;

        async Coroutine Accept(CoroutineGroup group)
        {
            var loop = EventLoop.Current!;
            var next = clock.GetUtcNow();
            for (var request = 0; request < 1000; request++)
            {
                next += TimeSpan.FromMilliseconds(10);
                // Those that have come meanwhile are accepted at once.
                if (clock.GetUtcNow() < next)
                    await Coroutine.SleepUntil(next);
                if (options.MaxConcurrency > 0)
                    await group.SpawnAsync(Request());
                else
                    group.Spawn(Request());
                longest = Math.Max(longest, loop.GetStatistics().RunQueueLength);
            }
        }

        async Coroutine Request()
        {
            for (var step = 0; step < 10; step++)
            {
                clock.Advance(TimeSpan.FromMilliseconds(2));
                await Coroutine.Yield();
            }
        }
    }

    /// <summary>Looks at tasks when they have ended.</summary>
    private sealed class Times(Action<TaskNode> look) : IEventLoopInstrument
    {
        public void TaskExited(TaskNode task) => look(task);
    }
}
