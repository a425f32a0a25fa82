using System;
using System.Collections.Generic;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Random programs, and many coroutines: nothing outlives its group, and nothing is lost.</summary>
public sealed class LoopStressTests
{
    [Fact]
    public void Random_programs_keep_their_promises_in_every_order()
    {
        for (var seed = 0; seed < 1000; seed++)
            Assert.Equal(RandomProgram.Run(seed, seed), RandomProgram.Run(seed, seed));
    }

    [Fact]
    public void Random_programs_keep_their_promises_first_come_first_served()
    {
        for (var seed = 0; seed < 1000; seed++)
            Assert.Equal(RandomProgram.Run(seed, order: null), RandomProgram.Run(seed, order: null));
    }

    [Fact]
    public void A_hundred_thousand_coroutines_run_in_one_group() => OnLoop.Run(async () =>
    {
        var ended = 0;
        await CoroutineGroup.RunAsync(async group =>
        {
            for (var child = 0; child < 100_000; child++)
                group.Spawn(Child(child % 100));
            await Coroutine.Yield();
            Assert.Equal(100_000, group.RunningCount);
        });
        Assert.Equal(100_000, ended);
        Assert.Equal(1, EventLoop.Current!.GetStatistics().LiveTasks);
        Assert.Equal(0, EventLoop.Current!.GetStatistics().TimerCount);

        async Coroutine Child(int seconds)
        {
            await Coroutine.Sleep(OnLoop.Seconds(seconds));
            ended++;
        }
    });

    [Fact]
    public void A_hundred_thousand_sleepers_are_cancelled_at_once() => OnLoop.Run(async () =>
    {
        var cleanedUp = 0;
        await CoroutineGroup.RunAsync(async group =>
        {
            for (var child = 0; child < 100_000; child++)
                group.Spawn(Child());
            await Coroutine.Sleep(OnLoop.Seconds(1));
            group.CancelScope.Cancel();
        });
        Assert.Equal(100_000, cleanedUp);
        Assert.Equal(OnLoop.Seconds(1), OnLoop.Now);
        Assert.Equal(0, EventLoop.Current!.GetStatistics().TimerCount);

        async Coroutine Child()
        {
            try
            {
                await Coroutine.SleepForever();
            }
            finally
            {
                cleanedUp++;
            }
        }
    });

    /// <summary>Spawns, sleeps, cancels, fails and shields as its seed says, and tells what happened when.</summary>
    private sealed class RandomProgram(int seed)
    {
        private const int Deepest = 4;

        private readonly Random _random = new(seed);
        private readonly List<string> _trace = [];
        private int _started;
        private int _live;

        public static List<string> Run(int seed, int? order)
        {
            var program = new RandomProgram(seed);
            OnLoop.Run(
                async () =>
                {
                    await program.TellHowItEnds(() => program.Group(depth: 0));
                    Assert.Equal(1, EventLoop.Current!.GetStatistics().LiveTasks);
                },
                order);
            Assert.Equal(0, program._live);
            return program._trace;
        }

        private async Coroutine Group(int depth)
        {
            var inside = 0;
            var options = new TaskGroupOptions
            {
                FailureMode = (TaskGroupFailureMode)_random.Next(3),
                MaxConcurrency = _random.Next(3) == 0 ? 2 : -1,
                Timeout = _random.Next(6) == 0 ? Time() : null,
                OnUnobservedException = (_, failure) => _trace.Add($"reported {failure.GetType().Name}"),
            };
            try
            {
                await CoroutineGroup.RunAsync(Body, options);
            }
            finally
            {
                Assert.Equal(0, inside);
            }

            async Coroutine Body(CoroutineGroup group)
            {
                var children = new List<ChildTask>();
                for (var count = _random.Next(1, 5); count > 0; count--)
                {
                    if (_random.Next(4) == 0)
                        await group.SpawnAsync(Child(depth));
                    else
                        children.Add(group.Run(Child(depth)));
                }
                if (_random.Next(3) == 0)
                    await Coroutine.Sleep(Time());
                if (_random.Next(4) == 0 && children.Count > 0)
                    children[_random.Next(children.Count)].Cancel();
                if (_random.Next(8) == 0)
                    group.CancelScope.Cancel();
            }

            async Coroutine Child(int level)
            {
                var name = ++_started;
                inside++;
                _live++;
                try
                {
                    _trace.Add($"{OnLoop.Now.TotalSeconds}: {name} begins");
                    await Work(level);
                    _trace.Add($"{OnLoop.Now.TotalSeconds}: {name} ends");
                }
                finally
                {
                    if (_random.Next(3) == 0)
                        await Coroutine.ShieldAsync(async _ => await Coroutine.Sleep(Time()));
                    inside--;
                    _live--;
                }
            }
        }

        private async Coroutine Work(int depth)
        {
            for (var step = _random.Next(4); step > 0; step--)
                await Coroutine.Sleep(Time());
            switch (_random.Next(6))
            {
                case 0 when depth < Deepest:
                case 1 when depth < Deepest:
                    await Group(depth + 1);
                    break;
                case 2:
                    await Coroutine.MoveOnAfterAsync(Time(), async _ => await Coroutine.Sleep(Time()));
                    break;
                case 3:
                    await Coroutine.Yield();
                    break;
                case 4 when _random.Next(3) == 0:
                    throw new FormatException();
                default:
                    await TellHowItEnds(
                        () => Coroutine.FailAfterAsync(Time(), async _ => await Coroutine.Sleep(Time())));
                    break;
            }
        }

        private async Coroutine TellHowItEnds(Func<Coroutine> work)
        {
            try
            {
                await work();
                _trace.Add($"{OnLoop.Now.TotalSeconds}: well");
            }
            catch (Exception exception) when (exception is FormatException or TimeoutException)
            {
                _trace.Add($"{OnLoop.Now.TotalSeconds}: {exception.GetType().Name}");
            }
        }

        private TimeSpan Time() => TimeSpan.FromSeconds(_random.Next(5));
    }
}
