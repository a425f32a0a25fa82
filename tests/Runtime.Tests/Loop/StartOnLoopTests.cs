using System;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Coroutines that say when they are ready.</summary>
public sealed class StartOnLoopTests : LoopGroupTests
{
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
            Log.Add($"target ended at {OnLoop.Now.TotalSeconds}");
        }));
        Assert.Equal(["grandchild cancelled", "started", "target ended at 5"], Log);

        async Coroutine StartIn(CoroutineGroup target)
        {
            await target.StartAsync<int>(Child);
            Log.Add("started");
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
                Log.Add("grandchild cancelled");
            }
        }
    }

    private static async Coroutine Nothing() => await Coroutine.Yield();
}
