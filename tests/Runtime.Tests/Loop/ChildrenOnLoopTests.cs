using System;
using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Children of groups of coroutines: how they start, queue, are named, serve and are forgotten.</summary>
public sealed class ChildrenOnLoopTests : LoopGroupTests
{
    private readonly Reports _reports = new();

    [Fact]
    public void Service_CrashFailsGroup_AndNormalEndCancelsIt()
    {
        RunGroup(group =>
        {
            group.RunService(Forever("first"));
            group.RunService(Forever("last"));
            group.Spawn(Note("child", 5));
        });
        Assert.Equal(["child at 5", "last cancelled", "first cancelled"], Log);
        Assert.Throws<FormatException>(() => RunGroup(group =>
        {
            group.RunService(Fail(new FormatException()));
            group.Spawn(Forever("sibling"));
        }));
    }

    [Fact]
    public void A_service_serves_a_cancelled_group_to_its_end()
    {
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.RunService(Forever("service"));
            group.Spawn(SlowCleanup());
            await Coroutine.Yield();
            group.CancelScope.Cancel();
        }));
        Assert.Equal(["cleaned up", "service cancelled"], Log);

        async Coroutine SlowCleanup()
        {
            try
            {
                await Coroutine.SleepForever();
            }
            finally
            {
                await Coroutine.ShieldAsync(async _ => await Coroutine.Sleep(OnLoop.Seconds(1)));
                Log.Add("cleaned up");
            }
        }
    }

    [Fact]
    public void Child_Name() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        Assert.Equal(nameof(Forever), group.Run(Forever("x")).Name);
        Assert.Equal("explicit", group.Run(Forever("x"), "explicit").Name);
        Assert.Equal(nameof(Local), group.Run(Local()).Name);
        var tree = EventLoop.Current!.GetTaskTree().ToString();
        Assert.Contains("  explicit: Created", tree);
        group.CancelScope.Cancel();
        await Task.CompletedTask;

        static async Coroutine Local() => await Coroutine.SleepForever();
    }));

    [Fact]
    public void BadSpawn_NiceErrors() => RunGroup(group =>
    {
        var used = Note("once", 0);
        group.Spawn(used);
        Assert.Contains("'Note'", Assert.Throws<InvalidOperationException>(() => group.Spawn(used)).Message);
        Assert.Throws<ArgumentNullException>(() => group.Spawn(null!));
    });

    [Fact]
    public void ForeignCommand_NiceError()
    {
        RunGroup(group => group.Spawn(Speak()));
        Assert.Equal(["finally"], Log);

        async Coroutine Speak()
        {
            try
            {
                var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Ask());
                Assert.Contains("yielded 'System.Int32' which this event loop does not understand", failure.Message);
            }
            finally
            {
                Log.Add("finally");
            }
        }

        static async Coroutine Ask() => await Coroutine.Suspend(42);
    }

    [Fact]
    public void Queued_children_start_in_order_and_are_dropped_in_a_cancelled_group()
    {
        ChildTask? dropped = null;
        OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                group.Spawn(Note("a", 1));
                group.Spawn(Note("b", 1));
                group.Spawn(Forever("c"));
                dropped = group.Run(Note("d", 1));
                Assert.Equal((1, 3), (group.RunningCount, group.QueuedCount));
                await Coroutine.Sleep(OnLoop.Seconds(5));
                group.CancelScope.Cancel();
            },
            new TaskGroupOptions { MaxConcurrency = 1 }));
        Assert.Equal(["a at 1", "b at 2", "c cancelled"], Log);
        Assert.Equal(CoroutineStatus.Canceled, dropped!.Status);
    }

    [Fact]
    public void A_cancelled_group_drops_any_number_of_queued_children()
    {
        const int Count = 100_000;
        ChildTask? last = null;
        OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                group.Spawn(Forever("first"));
                for (var index = 0; index < Count; index++)
                    last = group.Run(Trivial());
                await Coroutine.Yield();
                Assert.Equal(Count, group.QueuedCount);
                group.CancelScope.Cancel();
            },
            new TaskGroupOptions { MaxConcurrency = 1 }));
        Assert.Equal(CoroutineStatus.Canceled, last!.Status);
        Assert.Equal(["first cancelled"], Log);

        static async Coroutine Trivial() => await Coroutine.Yield();
    }

    [Fact]
    public void SpawnAsync_is_back_pressure()
    {
        var (running, peak, ahead) = (0, 0, 0);
        var ended = 0;
        OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                for (var item = 0; item < 1000; item++)
                {
                    await group.SpawnAsync(Store());
                    ahead = Math.Max(ahead, item + 1 - ended);
                }
            },
            new TaskGroupOptions { MaxConcurrency = 10 }));
        Assert.Equal(10, peak);
        Assert.Equal(1000, ended);
        Assert.InRange(ahead, 1, 11);

        async Coroutine Store()
        {
            peak = Math.Max(peak, ++running);
            await Coroutine.Sleep(OnLoop.Seconds(1));
            running--;
            ended++;
        }
    }

    [Fact]
    public void SpawnAsync_lets_the_child_run_first()
    {
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            await group.SpawnAsync(Note("Hi", 0));
            await group.SpawnAsync(Note("you", 0));
            Log.Add("!");
        }));
        Assert.Equal(["Hi at 0", "you at 0", "!"], Log);
    }

    [Fact]
    public void TaskGroup_ValuesAfterExit() => OnLoop.Run(async () =>
    {
        ChildTask<int>? first = null, second = null;
        await CoroutineGroup.RunAsync(async group =>
        {
            first = group.Run(Value(42));
            await Coroutine.Yield();
            second = group.Run(Value(11));
        });
        Assert.Equal((42, 11), (first!.Result, second!.Result));
        Assert.Equal(42, await first);
    });

    [Fact]
    public void TaskGroup_ForgetsFinishedChildren() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        for (var round = 0; round < 3; round++)
        {
            group.Spawn(Value(round));
            await Coroutine.Yield();
            await Coroutine.Yield();
            Assert.Equal(0, group.RunningCount);
            Assert.Equal(1, EventLoop.Current!.GetStatistics().LiveTasks);
        }
    }));

    [Fact]
    public void TaskGroup_SpawnFromRootChildOnly_OnLoop()
    {
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Root(group));
            await Task.CompletedTask;
        }));
        Assert.Equal(["root", "one", "two"], Log);

        async Coroutine Root(CoroutineGroup group)
        {
            await Coroutine.Sleep(OnLoop.Seconds(1));
            Log.Add("root");
            group.Spawn(Child("one"));
            group.Spawn(Child("two"));
        }

        async Coroutine Child(string name)
        {
            await Coroutine.Sleep(OnLoop.Seconds(1));
            Log.Add(name);
        }
    }

    [Fact]
    public void Resources_are_disposed_in_reverse_after_the_children()
    {
        RunGroup(group =>
        {
            group.Own(new Resource("first", Log));
            group.Own(new Resource("last", Log));
            group.Spawn(Note("child", 1));
        });
        Assert.Equal(["child at 1", "last", "first"], Log);
    }

    private static async Coroutine<int> Value(int value)
    {
        await Task.CompletedTask;
        return value;
    }
}
