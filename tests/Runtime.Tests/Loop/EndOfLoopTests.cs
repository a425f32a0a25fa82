using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Nothing that comes from outside is lost without a word when a loop ends.</summary>
public sealed class EndOfLoopTests
{
    [Fact]
    public void What_was_posted_and_no_run_has_called_is_called_by_Dispose()
    {
        var log = new List<string>();
        var loop = new EventLoop();
        loop.Post(() => log.Add("before"));
        loop.RunUntilComplete(Trivial());
        loop.Post(() => log.Add("after"));
        loop.Dispose();
        Assert.Equal(["before", "after"], log);
    }

    [Fact]
    public async Task What_was_invoked_and_no_run_has_begun_is_cancelled_by_Dispose()
    {
        var loop = new EventLoop();
        var begun = false;
        var invoked = loop.InvokeAsync(async () =>
        {
            begun = true;
            await Coroutine.SleepForever();
        });
        loop.Dispose();
        Assert.True((await invoked.Ended()).IsCanceled);
        Assert.False(begun);
    }

    [Fact]
    public async Task What_is_posted_while_the_loop_is_disposed_is_called_or_refused()
    {
        for (var round = 0; round < 30; round++)
        {
            var loop = new EventLoop();
            var (taken, called) = (0, 0);
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var posters = Enumerable.Range(0, 2).Select(_ => Task.Run(PostUntilRefused)).ToArray();
            await started.Task.Soon();
            if (round % 2 == 0)
                loop.RunUntilComplete(Trivial());
            loop.Dispose();
            await Task.WhenAll(posters).Soon();
            Assert.Equal(taken, called);

            void PostUntilRefused()
            {
                started.TrySetResult();
                try
                {
                    while (true)
                    {
                        loop.Post(() => called++);
                        Interlocked.Increment(ref taken);
                    }
                }
                catch (ObjectDisposedException)
                {
                }
            }
        }
    }

    [Fact]
    public async Task What_is_invoked_while_the_thread_ends_ends_too_or_is_refused()
    {
        for (var round = 0; round < 100; round++)
        {
            var thread = EventLoopThread.Start();
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var invokers = Enumerable.Range(0, 2).Select(_ => Task.Run(InvokeUntilRefused)).ToArray();
            await started.Task.Soon();
            await thread.DisposeAsync().AsTask().Soon();
            var invoked = (await Task.WhenAll(invokers).Soon()).SelectMany(all => all);
            await Task.WhenAll(invoked).Ended();

            List<Task> InvokeUntilRefused()
            {
                var all = new List<Task>();
                started.TrySetResult();
                try
                {
                    while (all.Count < 2_000)
                        all.Add(thread.InvokeAsync(Trivial));
                }
                catch (ObjectDisposedException)
                {
                }
                return all;
            }
        }
    }

    [Fact]
    public void Who_posts_himself_again_and_again_does_not_keep_the_loop_from_its_end()
    {
        var loop = new EventLoop();
        var calls = 0;
        loop.Post(Again);
        loop.RunUntilComplete(Trivial());
        loop.Dispose();
        Assert.InRange(calls, 2, 100);

        void Again()
        {
            calls++;
            loop.Post(Again);
        }
    }

    [Fact]
    public async Task Who_posts_and_then_lets_go_is_not_taken_for_a_deadlock()
    {
        using var work = new System.Collections.Concurrent.BlockingCollection<Action>(boundedCapacity: 1);
        var poster = Task.Run(() =>
        {
            foreach (var action in work.GetConsumingEnumerable())
                action();
        });
        EventLoop.Run(WaitAgainAndAgain());
        work.CompleteAdding();
        await poster.Soon();

        async Coroutine WaitAgainAndAgain()
        {
            var loop = EventLoop.Current!;
            for (var turn = 0; turn < 20_000; turn++)
            {
                var arrived = new Future<int>();
                var hold = loop.KeepAlive();
                work.Add(() =>
                {
                    loop.Post(() => arrived.SetResult(turn));
                    hold.Dispose();
                });
                Assert.Equal(turn, await arrived);
            }
        }
    }

    [Fact]
    public async Task A_scheduler_whose_loop_is_gone_refuses_tasks()
    {
        var loop = new EventLoop();
        var scheduler = loop.TaskScheduler;
        var before = Task.Factory.StartNew(() => 1, CancellationToken.None, TaskCreationOptions.None, scheduler);
        loop.Dispose();
        Assert.Equal(1, await before.Soon());
        Assert.Throws<TaskSchedulerException>(() =>
        {
            _ = Task.Factory.StartNew(() => 1, CancellationToken.None, TaskCreationOptions.None, scheduler);
        });
    }

    [Fact]
    public async Task What_comes_back_after_the_loop_has_gone_goes_on_elsewhere()
    {
        var source = new TaskCompletionSource();
        var loop = new EventLoop();
        Task? left = null;
        loop.Post(() => left = WaitAsync());
        loop.RunOnce(TimeSpan.Zero);
        loop.Dispose();
        loop.Dispose();
        source.SetResult();
        await left!.Soon();

        async Task WaitAsync() => await source.Task;
    }

    private static async Coroutine Trivial() => await Coroutine.Yield();
}
