using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Ambient values on a loop: each task has its own, and what is no task's has those of the run.</summary>
public sealed class FlowTests
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Fact]
    public void A_change_after_the_last_await_reaches_nobody() => OnLoop.Run(async () =>
    {
        s_local.Value = "outer";
        await Change();
        Assert.Equal("outer", s_local.Value);

        static async Coroutine Change()
        {
            await Coroutine.Yield();
            s_local.Value = "inner";
        }
    });

    [Fact]
    public void A_callback_has_the_flow_of_the_run_whoever_ran_before_it()
    {
        s_local.Value = "run";
        var seen = new List<string?>();
        EventLoop.Run(Post());
        Assert.Equal(["run", "run"], seen);
        Assert.Equal("run", s_local.Value);

        async Coroutine Post()
        {
            s_local.Value = "task";
            EventLoop.Current!.SynchronizationContext.Post(_ => seen.Add(s_local.Value), null);
            await Coroutine.Yield();
            s_local.Value = "later";
            EventLoop.Current!.SynchronizationContext.Post(_ => seen.Add(s_local.Value), null);
            await Coroutine.Yield();
            Assert.Equal("later", s_local.Value);
        }
    }

    [Fact]
    public void What_a_callback_changes_reaches_no_task() => OnLoop.Run(async () =>
    {
        s_local.Value = "task";
        EventLoop.Current!.SynchronizationContext.Post(_ => s_local.Value = "callback", null);
        for (var turn = 0; turn < 3; turn++)
        {
            await Coroutine.Yield();
            Assert.Equal("task", s_local.Value);
        }
    });

    [Fact]
    public void What_the_code_of_an_awaiter_changes_stays_with_who_awaits() => OnLoop.Run(async () =>
    {
        await CoroutineGroup.RunAsync(async group =>
        {
            s_local.Value = "first";
            group.Spawn(Other());
            await Change();
            Assert.Equal("first", s_local.Value);
            await Task.Yield();
            Assert.Equal("first", s_local.Value);
        });

        static async Task Change()
        {
            s_local.Value = "task";
            await Task.Yield();
            Assert.Equal("task", s_local.Value);
        }

        static async Coroutine Other()
        {
            for (var turn = 0; turn < 4; turn++)
            {
                await Coroutine.Yield();
                Assert.Equal("first", s_local.Value);
            }
        }
    });

    [Fact]
    public void A_loop_that_is_hosted_leaves_the_flow_of_its_host_alone()
    {
        using var loop = new EventLoop();
        s_local.Value = "host";
        var ran = loop.InvokeAsync(Change);
        for (var turn = 0; turn < 4; turn++)
        {
            loop.RunOnce(TimeSpan.Zero);
            Assert.Equal("host", s_local.Value);
            s_local.Value = "host";
        }
        Assert.True(ran.IsCompletedSuccessfully);

        static async Coroutine Change()
        {
            s_local.Value = "task";
            await Coroutine.Yield();
            Assert.Equal("task", s_local.Value);
        }
    }

    [Fact]
    public void A_child_that_was_spawned_without_a_flow_gets_nobody_elses()
    {
        var seen = new List<string?>();
        s_local.Value = "run";
        EventLoop.Run(CoroutineGroup.RunAsync(async group =>
        {
            s_local.Value = "spawner";
            using (ExecutionContext.SuppressFlow())
                group.Spawn(Look());
            await Coroutine.Yield();
            s_local.Value = "later";
            await Coroutine.Yield();
        }));
        Assert.Equal(["run"], seen);

        async Coroutine Look()
        {
            seen.Add(s_local.Value);
            await Coroutine.Yield();
        }
    }
}
