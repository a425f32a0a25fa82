using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>What other threads hand to a loop, and what it brings back from them.</summary>
public sealed class OtherThreadsTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Post_TooLate_Throws()
    {
        var loop = new EventLoop();
        loop.RunUntilComplete(Trivial(1, yields: true));
        loop.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
        Assert.Throws<ObjectDisposedException>(() => loop.RunUntilComplete(Trivial(1, yields: true)));
        Assert.Throws<ObjectDisposedException>(() => { _ = loop.InvokeAsync(() => Trivial(1, yields: true)); });
    }

    [Fact]
    public void Post_CannotStarveTasks() => OnLoop.Run(async () =>
    {
        var loop = EventLoop.Current!;
        var ends = false;
        loop.Post(Again);
        for (var turn = 0; turn < 20; turn++)
            await Coroutine.Yield();
        ends = true;

        void Again()
        {
            if (!ends)
                loop.Post(Again);
        }
    });

    [Fact]
    public void Post_ThreadStress()
    {
        const int Count = 100_000;
        var received = 0;
        using var loop = new EventLoop();
        var posters = Enumerable.Range(0, 2).Select(_ => new Thread(PostAll)).ToArray();
        loop.RunUntilComplete(WaitForAll());
        Assert.Equal(2 * Count, received);

        void PostAll()
        {
            for (var index = 0; index < Count; index++)
                loop.Post(() => received++);
        }

        async Coroutine WaitForAll()
        {
            using var hold = loop.KeepAlive();
            foreach (var poster in posters)
                poster.Start();
            while (received < 2 * Count)
                await Coroutine.Sleep(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void Posted_callbacks_run_in_order()
    {
        using var loop = new EventLoop();
        for (var number = 1; number <= 3; number++)
        {
            var text = $"{number}";
            loop.Post(() => _log.Add(text));
        }
        loop.RunOnce(TimeSpan.Zero);
        Assert.Equal(["1", "2", "3"], _log);
    }

    [Fact]
    public void Something_kept_alive_is_waited_for_and_no_deadlock() => OnLoop.Run(async () =>
    {
        var loop = EventLoop.Current!;
        var future = new Future<int>();
        using var hold = loop.KeepAlive();
        await Task.Run(() => loop.Post(() => future.SetResult(3)));
        Assert.Equal(3, await future);
    });

    [Fact]
    public void Everything_resumes_on_the_thread_of_the_loop() => EventLoop.Run(Check());

    [Fact]
    public async Task Others_run_coroutines_on_the_loop_and_are_told_how_they_end()
    {
        await using var thread = EventLoopThread.Start();
        Assert.Equal(5, await thread.InvokeAsync(() => Trivial(5, yields: true)));
        await Assert.ThrowsAsync<FormatException>(() => thread.InvokeAsync(() => Throw(new FormatException())));
        using var source = new CancellationTokenSource();
        var waiting = thread.InvokeAsync(Forever, source.Token);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting).Soon();
    }

    [Fact]
    public async Task Disposing_the_thread_cancels_what_runs_there()
    {
        var thread = EventLoopThread.Start();
        var started = new TaskCompletionSource();
        var waiting = thread.InvokeAsync(async () =>
        {
            started.SetResult();
            await Forever();
        });
        await started.Task.Soon();
        await thread.DisposeAsync();
        Assert.True((await ((Task)waiting).Ended()).IsCanceled);
    }

    [Fact]
    public async Task A_failing_callback_ends_the_thread_and_cancels_what_runs_there()
    {
        var thread = EventLoopThread.Start();
        var failure = new FormatException("callback");
        var waiting = thread.InvokeAsync(async () =>
        {
            EventLoop.Current!.Post(() => throw failure);
            await Forever();
        });
        Assert.True((await ((Task)waiting).Ended()).IsCanceled);
        var thrown = await Assert.ThrowsAsync<FormatException>(() => thread.DisposeAsync().AsTask()).Soon();
        Assert.Same(failure, thrown);
        Assert.Throws<ObjectDisposedException>(() => { _ = thread.InvokeAsync(() => Trivial(1, yields: true)); });
    }

    [Fact]
    public async Task A_thread_cannot_be_disposed_from_its_own_loop()
    {
        await using var thread = EventLoopThread.Start();
        var disposing = thread.InvokeAsync(async () => await thread.DisposeAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => disposing).Soon();
    }

    [Fact]
    public void A_callback_that_throws_while_the_loop_is_disposed_is_reported()
    {
        using var loop = new EventLoop();
        var living = loop.InvokeAsync(Forever);
        loop.RunOnce(TimeSpan.Zero);
        loop.Post(() => throw new FormatException("while it is disposed"));
        using var events = new Events();
        loop.Dispose();
        Assert.True(living.IsCanceled);
        Assert.Contains(events.All, text => text.Contains("while it is disposed", StringComparison.Ordinal));
    }

    [Fact]
    public void FromThread_InvokeAndCancelCheck()
    {
        EventLoop.Run(Main());

        static async Coroutine Main()
        {
            var loop = EventLoop.Current!;
            var thread = Environment.CurrentManagedThreadId;
            var seen = await Blocking.RunAsync(token => Result(loop.InvokeAsync(OnLoopThread, token)));
            Assert.Equal(thread, seen);

            var isCancelled = false;
            var finished = await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, scope => Blocking.RunAsync(
                token =>
                {
                    loop.Post(() => scope.Cancel());
                    isCancelled = token.WaitHandle.WaitOne();
                    token.ThrowIfCancellationRequested();
                }));
            Assert.False(finished);
            Assert.True(isCancelled);

            // What is the loop's own refuses another thread.
            await CoroutineGroup.RunAsync(async group => await Blocking.RunAsync(_ =>
                Assert.Throws<InvalidOperationException>(() => group.Spawn(OnLoopThread()))));
        }

        static async Coroutine<int> OnLoopThread()
        {
            await Coroutine.Yield();
            return Environment.CurrentManagedThreadId;
        }

        static int Result(Task<int> task)
        {
            task.Block();
            return task.Result;
        }
    }

    private static async Coroutine Check()
    {
        var thread = Environment.CurrentManagedThreadId;
        await Task.Delay(1).ConfigureAwait(false);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Task.Run(() => { });
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await new ValueTask(Task.Delay(1)).ConfigureAwait(false);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Task.Yield();
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        var source = new TaskCompletionSource();
        await Task.Run(source.SetResult);
        await source.Task;
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await PlainTask(thread);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Task.Factory.StartNew(
            () => Assert.Equal(thread, Environment.CurrentManagedThreadId),
            CancellationToken.None,
            TaskCreationOptions.None,
            EventLoop.Current!.TaskScheduler);
    }

    private static async Task PlainTask(int thread)
    {
        await Task.Delay(1);
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
        await Coroutine.Sleep(TimeSpan.FromMilliseconds(1));
        Assert.Equal(thread, Environment.CurrentManagedThreadId);
    }

    private static async Coroutine<int> Trivial(int value, bool yields)
    {
        if (yields)
            await Coroutine.Yield();
        return value;
    }

    private static async Coroutine Throw(Exception exception)
    {
        await Task.CompletedTask;
        throw exception;
    }

    private static async Coroutine Forever() => await Coroutine.SleepForever();
}
