using System;
using System.Collections.Generic;
using System.Linq;
using ScopedTasks.Runtime.Tests.Support;
using ScopedTasks.Seeds.Tests.Support;
using Seeds;
using Xunit;

namespace ScopedTasks.Seeds.Tests.Behaviours;

/// <summary>Async from scratch: what cannot be printed.</summary>
public sealed class S2Tests
{
    [Fact]
    public void S2_01_A_million_sleepers_cost_bytes_and_no_stacks()
    {
        const int Sleepers = 1_000_000;
        var bytes = 0L;
        var awake = 0;
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var sleeper = 0; sleeper < Sleepers; sleeper++)
                group.Spawn(Sleep());
            await Coroutine.Sleep(TimeSpan.FromSeconds(1));
            bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        }));
        Assert.Equal(Sleepers, awake);
        Assert.InRange(bytes, 0, 300L * Sleepers);

        async Coroutine Sleep()
        {
            await Coroutine.Sleep(TimeSpan.FromHours(1));
            awake++;
        }
    }

    [Fact]
    public void S2_03_Between_awaits_no_other_code_runs()
    {
        var counter = 0;
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            for (var child = 0; child < 1000; child++)
                group.Spawn(Count());
            await Coroutine.Checkpoint();
        }));
        Assert.Equal(1_000_000, counter);

        async Coroutine Count()
        {
            for (var step = 0; step < 1000; step++)
            {
                counter++;
                await Coroutine.Yield();
            }
        }
    }

    [Fact]
    public void S2_15_The_earliest_deadline_comes_first_and_ties_keep_their_order()
    {
        var first = Trace();
        Assert.Equal(
            [
                "1 a", "2 b", "2 a", "3 c", "3 a", "4 b", "4 a", "5 a", "6 c", "6 b", "6 a", "7 a", "8 b", "8 a", "9 c",
                "9 a", "10 b", "10 a", "12 c",
            ],
            first);
        for (var run = 1; run < 100; run++)
            Assert.Equal(first, Trace());

        static List<string> Trace()
        {
            var lines = new List<string>();
            OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Update("a", 10, 1));
                group.Spawn(Update("b", 5, 2));
                group.Spawn(Update("c", 4, 3));
                await Coroutine.Checkpoint();
            }));
            return lines;

            async Coroutine Update(string name, int count, double interval)
            {
                for (var update = 0; update < count; update++)
                {
                    await Coroutine.Sleep(OnLoop.Seconds(interval));
                    lines.Add($"{OnLoop.Now.TotalSeconds} {name}");
                }
            }
        }
    }

    [Theory]
    [InlineData("S2-12")]
    [InlineData("S2-14")]
    public void S2_15_So_it_is_in_the_loops_that_the_programs_write_themselves(string id)
    {
        for (var run = 0; run < 100; run++)
        {
            Assert.Equal(
                Outputs.Of(id), Printed.By(() => SeedProgram.Find(id)!.Run(new VirtualClock()), out _).Output);
        }
    }
}
