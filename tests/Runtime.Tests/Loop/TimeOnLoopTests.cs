using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Time on a loop: never early, real or virtual, and asleep in the operating system.</summary>
public sealed class TimeOnLoopTests
{
    private readonly List<string> _log = [];

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
    public void Those_who_are_due_together_wake_in_the_order_in_which_they_slept() => OnLoop.Run(async () =>
    {
        var woken = new List<int>();
        await CoroutineGroup.RunAsync(async group =>
        {
            var others = new List<ChildTask>();
            for (var number = 0; number < 3_000; number++)
            {
                if (number % 10 == 0)
                    group.Spawn(SleepAsync(number));
                else
                    others.Add(group.Run(Others(number)));
            }
            await Coroutine.Sleep(OnLoop.Seconds(1));
            foreach (var other in others)
                other.Cancel();
        });
        Assert.Equal(Enumerable.Range(0, 300).Select(number => number * 10), woken);

        async Coroutine SleepAsync(int number)
        {
            await Coroutine.Sleep(OnLoop.Seconds(60));
            woken.Add(number);
        }

        static async Coroutine Others(int number) => await Coroutine.Sleep(OnLoop.Seconds(number));
    });

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

    private static async Coroutine Throws<T>(Func<Coroutine> body)
        where T : Exception =>
        await Assert.ThrowsAnyAsync<T>(async () => await body());
}
