using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Coroutines;

/// <summary>Coroutines by themselves: cold, used once, however deep.</summary>
public sealed class CoroutineTests
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Fact]
    public void Calling_one_runs_nothing()
    {
        var log = new List<string>();
        var coroutine = Say(log, "ran");
        Assert.Empty(log);
        Assert.Equal(CoroutineStatus.Created, coroutine.Status);
        EventLoop.Run(coroutine);
        Assert.Equal(["ran"], log);
        Assert.Equal(CoroutineStatus.RanToCompletion, coroutine.Status);
    }

    [Fact]
    public void One_that_does_not_suspend_needs_no_loop() => Assert.Equal(6, Add([1, 2, 3]).RunSynchronously());

    [Fact]
    public void One_that_suspends_cannot_run_synchronously()
    {
        var log = new List<string>();
        var failure = Assert.Throws<InvalidOperationException>(() => Ask(log).RunSynchronously());
        Assert.Contains("Coroutine.Suspend(name?)", failure.Message);
        Assert.Equal(["closed"], log);
    }

    [Fact]
    public void A_second_await_is_refused() => OnLoop.Run(async () =>
    {
        var coroutine = Add([1]);
        await coroutine;
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await coroutine);
        Assert.Contains("'Add'", failure.Message);
    });

    [Fact]
    public void A_chain_of_a_million_starts_and_ends() => OnLoop.Run(async () =>
    {
        Assert.Equal(1_000_000, await Depth(1_000_000));

        static async Coroutine<int> Depth(int rest)
        {
            if (rest > 0)
                return await Depth(rest - 1) + 1;
            await Coroutine.Yield();
            return 0;
        }
    });

    [Fact]
    public void An_exception_is_the_same_object_and_tells_every_method()
    {
        var thrown = new InvalidOperationException("deep");
        var caught = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(Outer(thrown), OnLoop.Options));
        Assert.Same(thrown, caught);
        Assert.Contains(nameof(Outer), caught.StackTrace);
        Assert.Contains(nameof(Inner), caught.StackTrace);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ambient_values_stay_inside(bool suspends) => OnLoop.Run(async () =>
    {
        s_local.Value = "outer";
        await Change(suspends);
        Assert.Equal("outer", s_local.Value);
        await Coroutine.Yield();
        Assert.Equal("outer", s_local.Value);

        static async Coroutine Change(bool suspends)
        {
            Assert.Equal("outer", s_local.Value);
            s_local.Value = "inner";
            if (suspends)
                await Coroutine.Yield();
            Assert.Equal("inner", s_local.Value);
        }
    });

    [Fact]
    public void Ambient_values_of_children_are_their_own() => OnLoop.Run(async () =>
    {
        s_local.Value = "spawner";
        await CoroutineGroup.RunAsync(async group =>
        {
            foreach (var name in new[] { "a", "b", "c" })
                group.Spawn(Keep(name));
            await Coroutine.Yield();
            Assert.Equal("spawner", s_local.Value);
        });

        static async Coroutine Keep(string name)
        {
            Assert.Equal("spawner", s_local.Value);
            s_local.Value = name;
            for (var turn = 0; turn < 3; turn++)
            {
                await Coroutine.Yield();
                Assert.Equal(name, s_local.Value);
            }
        }
    });

    [Fact]
    public void Locals_CollectableAfterCancel() => OnLoop.Run(async () =>
    {
        Coroutine? child = null;
        WeakReference? local = null;
        await CoroutineGroup.RunAsync(async group =>
        {
            child = Hold();
            group.Spawn(child);
            await Coroutine.Yield();
            await Coroutine.Yield();
            group.CancelScope.Cancel();
        });
        Assert.Equal(CoroutineStatus.Canceled, child!.Status);
        GC.Collect();
        Assert.False(local!.IsAlive);
        GC.KeepAlive(child);

        async Coroutine Hold()
        {
            var held = new object();
            local = new WeakReference(held);
            await Coroutine.SleepForever();
            GC.KeepAlive(held);
        }
    });

    [Fact]
    public async Task A_task_may_await_one_that_does_not_suspend() => Assert.Equal(3, await Add([1, 2]));

    [Fact]
    public async Task A_task_may_await_one_that_awaits_tasks()
    {
        Assert.Equal("done", await Work());

        static async Coroutine<string> Work()
        {
            await Task.Yield();
            await Task.Delay(1).ConfigureAwait(false);
            return "done";
        }
    }

    [Fact]
    public async Task A_task_off_every_loop_is_told_that_a_wait_needs_one()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await Sleepy()).Soon();
        Assert.Contains("needs a running EventLoop; use EventLoop.Run or loop.InvokeAsync", failure.Message);
        Assert.Contains("Coroutine.Sleep", failure.Message);

        static async Coroutine Sleepy() => await Coroutine.Sleep(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void What_a_cancelled_frame_held_is_garbage() => OnLoop.Run(async () =>
    {
        var (child, held) = await Cancelled();
        for (var turn = 0; turn < 3; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Coroutine.Yield();
        }
        Assert.Equal(CoroutineStatus.Canceled, child.Status);
        Assert.False(held.IsAlive);
        GC.KeepAlive(child);
    });

    private static async Coroutine<(ChildTask Child, WeakReference Held)> Cancelled()
    {
        ChildTask? child = null;
        WeakReference? held = null;
        await CoroutineGroup.RunAsync(async group =>
        {
            child = group.Run(Hold(reference => held = reference));
            await Coroutine.Yield();
            group.CancelScope.Cancel();
        });
        return (child!, held!);
    }

    private static async Coroutine Hold(Action<WeakReference> tell)
    {
        var big = Make();
        tell(new WeakReference(big));
        await Coroutine.SleepForever();
        GC.KeepAlive(big);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static object Make() => new byte[1000];
    }

    private static async Coroutine<int> Add(int[] numbers)
    {
        var sum = 0;
        foreach (var number in numbers)
            sum += await Cardinality(await Dissolve(number));
        return sum;
    }

    private static async Coroutine<int[]> Dissolve(int number)
    {
        await Task.CompletedTask;
        return [.. Enumerable.Repeat(1, number)];
    }

    private static async Coroutine<int> Cardinality(int[] items)
    {
        await Task.CompletedTask;
        return items.Length;
    }

    private static async Coroutine<object?> Ask(List<string> log)
    {
        try
        {
            return await Coroutine.Suspend("name?");
        }
        finally
        {
            log.Add("closed");
        }
    }

    private static async Coroutine Say(List<string> log, string word)
    {
        await Task.CompletedTask;
        log.Add(word);
    }

    private static async Coroutine Outer(Exception exception) => await Inner(exception);

    private static async Coroutine Inner(Exception exception)
    {
        await Coroutine.Yield();
        throw exception;
    }
}
