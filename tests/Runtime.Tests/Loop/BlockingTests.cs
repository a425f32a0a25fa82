using System;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Calls that block, on threads of their own.</summary>
public sealed class BlockingTests : LoopGroupTests
{
    [Fact]
    public void Blocking_RunsElsewhere_ReturnsOrThrows() => EventLoop.Run(BlockAsync());

    [Fact]
    public void Blocking_Limiter()
    {
        EventLoop.Run(Many());

        static async Coroutine Many()
        {
            var limiter = new CapacityLimiter(2);
            var (inside, peak) = (0, 0);
            var gate = new object();
            await CoroutineGroup.RunAsync(async group =>
            {
                for (var index = 0; index < 8; index++)
                    group.Spawn(Blocking.RunAsync(_ => Enter(), limiter));
                await Task.CompletedTask;
            });
            Assert.InRange(peak, 1, 2);
            Assert.Equal(0, limiter.BorrowedTokens);

            void Enter()
            {
                lock (gate)
                    peak = Math.Max(peak, ++inside);
                Thread.Yield();
                lock (gate)
                    inside--;
            }
        }
    }

    [Fact]
    public void Blocking_calls_that_have_a_place_run_at_once()
    {
        const int Calls = 40;
        EventLoop.Run(AllAtOnce());

        static Coroutine AllAtOnce() => CoroutineGroup.RunAsync(async group =>
        {
            // None of them ends before all have begun, however slowly the thread pool would add threads.
            var all = new Barrier(Calls);
            group.Own(all);
            for (var call = 0; call < Calls; call++)
                group.Spawn(Blocking.RunAsync(_ => all.SignalAndWait()));
            await Task.CompletedTask;
        });
    }

    [Fact]
    public void Blocking_calls_flow_ambient_values_and_leave_the_threads_of_the_pool_alone()
    {
        var ambient = new AsyncLocal<string>();
        EventLoop.Run(Flows());

        async Coroutine Flows()
        {
            ambient.Value = "here";
            var (isPool, value) = await Blocking.RunAsync(_ =>
            {
                var seen = ambient.Value;
                ambient.Value = "changed";
                return (Thread.CurrentThread.IsThreadPoolThread, seen);
            });
            Assert.False(isPool);
            Assert.Equal("here", value);
            Assert.Equal("here", ambient.Value);
            Assert.Null(await Blocking.RunAsync(_ => TaskScheduler.Current == TaskScheduler.Default ? null : "other"));
        }
    }

    [Fact]
    public async Task Blocking_AbandonedThreadFinishesAfterRun()
    {
        using var end = new ManualResetEventSlim();
        var unobserved = 0;
        var failure = new FormatException();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        EventHandler<UnobservedTaskExceptionEventArgs> count = (_, args) =>
            unobserved += args.Exception.InnerException == failure ? 1 : 0;
        TaskScheduler.UnobservedTaskException += count;
        try
        {
            EventLoop.Run(Abandons());
            end.Set();
            await ended.Task.Soon();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= count;
        }

        async Coroutine Abandons() => await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope =>
            Blocking.RunAsync(_ => Fail(scope), abandonOnCancel: true));

        void Fail(CancelScope scope)
        {
            scope.Cancel();
            end.Wait();
            ended.SetResult();
            throw failure;
        }
    }

    [Fact]
    public void A_cancelled_call_waits_for_its_thread_unless_it_is_abandoned()
    {
        using var end = new ManualResetEventSlim();
        EventLoop.Run(Cancel());

        async Coroutine Cancel()
        {
            var limiter = new CapacityLimiter(2);
            var finished = await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope => Blocking.RunAsync(
                _ =>
                {
                    scope.Cancel();
                    end.Wait();
                },
                limiter,
                abandonOnCancel: true));
            Assert.False(finished);
            Assert.Equal(1, limiter.BorrowedTokens);
            var seen = false;
            await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope => Blocking.RunAsync(
                token =>
                {
                    scope.Cancel();
                    seen = token.WaitHandle.WaitOne();
                },
                limiter));
            Assert.True(seen);
            end.Set();
        }
    }

    [Fact]
    public void An_abandoned_task_is_waited_for_no_longer() => EventLoop.Run(Abandon());

    private static async Coroutine Abandon()
    {
        var never = new TaskCompletionSource<int>();
        Assert.False(await Coroutine.MoveOnAfterAsync(
            TimeSpan.FromMilliseconds(1), async _ => await never.Task.AbandonOnCancel()));
        Assert.Equal(4, await Task.Run(() => 4).AbandonOnCancel());
    }

    private static async Coroutine BlockAsync()
    {
        var loop = EventLoop.Current!;
        var here = Environment.CurrentManagedThreadId;
        Assert.NotEqual(here, await Blocking.RunAsync(_ => Environment.CurrentManagedThreadId));
        Assert.Equal(here, Environment.CurrentManagedThreadId);
        var failure = await Assert.ThrowsAsync<FormatException>(
            async () => await Blocking.RunAsync(_ => int.Parse("from afar")));
        Assert.Contains("from afar", failure.Message);
        var inner = await Blocking.RunAsync(_ => loop.InvokeAsync(Where).GetAwaiter().GetResult());
        Assert.Equal(here, inner);

        static async Coroutine<int> Where()
        {
            await Coroutine.Yield();
            return Environment.CurrentManagedThreadId;
        }
    }
}
