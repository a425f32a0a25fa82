using System;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Children that say when they are ready.</summary>
public sealed class StartProtocolTests
{
    [Fact]
    public async Task Returns_what_the_child_told_while_it_goes_on()
    {
        var gate = new TaskCompletionSource();
        var ended = false;
        await TaskGroup.RunAsync(async group =>
        {
            var port = await group.StartAsync<int>(async (signal, _) =>
            {
                await Task.Yield();
                signal.SetStarted(8080);
                await gate.Task;
                ended = true;
            });
            Assert.Equal(8080, port);
            Assert.False(ended);
            Assert.Equal(1, group.RunningCount);
            gate.SetResult();
        }).Soon();
        Assert.True(ended);
    }

    [Fact]
    public async Task Start_DoubleStarted_Throws()
    {
        var run = TaskGroup.RunAsync(async group => await group.StartAsync<int>((signal, _) =>
        {
            signal.SetStarted(1);
            signal.SetStarted(2);
            return Task.CompletedTask;
        }));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon());
        Assert.Contains("SetStarted was called before", exception.Message);
    }

    [Fact]
    public async Task Start_FailureBefore_ComesFromStart()
    {
        var failure = new FormatException("outer", new ArithmeticException());
        await TaskGroup.RunAsync(async group =>
        {
            var starting = group.StartAsync<int>(async (_, _) =>
            {
                await Task.Yield();
                throw failure;
            });
            Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => starting));
            Assert.False(group.IsCancellationRequested);
            await Wait.Until(() => group.RunningCount == 0);
        }).Soon();
    }

    [Fact]
    public async Task A_failure_after_the_start_is_the_groups()
    {
        var run = TaskGroup.RunAsync(async group =>
        {
            await group.StartAsync<int>(async (signal, _) =>
            {
                signal.SetStarted(1);
                await Task.Yield();
                throw new FormatException();
            });
            await group.CancellationToken.UntilCancelled();
        });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public async Task Start_ExitWithoutStarted_Throws()
    {
        await TaskGroup.RunAsync(async group =>
        {
            var starting = group.StartAsync<int>((_, _) => Task.CompletedTask, "listener");
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => starting);
            Assert.Contains("'listener' exited without", exception.Message);
            Assert.False(group.IsCancellationRequested);
        }).Soon();
    }

    [Fact]
    public async Task Start_ClosedGroup_ThrowsImmediately()
    {
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(group => { kept = group; });
        AtOnce.Throws<InvalidOperationException>(() => kept!.StartAsync<int>((_, _) => Task.CompletedTask));
        AtOnce.Throws<ArgumentNullException>("work", () => kept!.StartAsync<int>(null!));
    }

    [Fact]
    public async Task A_pending_start_holds_the_group_open_and_takes_no_place()
    {
        var gate = new TaskCompletionSource();
        Task<int>? starting = null;
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                starting = group.StartAsync<int>(async (signal, _) =>
                {
                    await gate.Task;
                    signal.SetStarted(1);
                });
                Assert.Equal(2, group.RunningCount);
                Assert.Equal(0, group.QueuedCount);
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        Assert.False(run.IsCompleted);
        gate.SetResult();
        await run.Soon();
        Assert.Equal(1, await starting!.Soon());
    }

    [Fact]
    public async Task A_start_that_has_ended_frees_no_place()
    {
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                _ = group.StartAsync<int>((signal, _) =>
                {
                    signal.SetStarted(1);
                    return Task.CompletedTask;
                });
                group.Spawn(_ => Task.CompletedTask);
                Assert.Equal(1, group.QueuedCount);
                gate.SetResult();
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        await run.Soon();
    }

    [Fact]
    public async Task A_cancellation_before_the_start_that_is_not_the_groups_comes_from_the_start()
    {
        var canceled = new OperationCanceledException();
        await TaskGroup.RunAsync(async group =>
        {
            var starting = group.StartAsync<int>(async (_, _) =>
            {
                await Task.Yield();
                throw canceled;
            });
            Assert.Same(canceled, await Assert.ThrowsAsync<OperationCanceledException>(() => starting.Soon()));
            Assert.False(group.IsCancellationRequested);
        }).Soon();
    }

    [Fact]
    public async Task SetStarted_in_a_cancelled_group_does_nothing_and_the_start_ends_with_the_child()
    {
        var gate = new TaskCompletionSource();
        Task<int>? starting = null;
        var run = TaskGroup.RunAsync(group =>
        {
            starting = group.StartAsync<int>(async (signal, _) =>
            {
                group.Cancel();
                signal.SetStarted(1);
                await gate.Task;
            });
        });
        Assert.False(starting!.IsCompleted);
        gate.SetResult();
        await run.Soon();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.Soon());
    }

    [Fact]
    public async Task A_start_that_is_cut_short_never_looks_like_success()
    {
        using var outer = new CancellationTokenSource();
        Task<int>? starting = null;
        var run = TaskGroup.RunAsync(
            group => { starting = group.StartAsync<int>((_, ct) => ct.UntilCancelled()); },
            outer.Token);
        outer.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting!.Soon());
    }

    [Fact]
    public async Task A_start_whose_signal_came_after_the_cancellation_never_looks_like_success()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                _ = group.StartAsync<int>(async (signal, _) =>
                {
                    await Task.Yield();
                    outer.Cancel();
                    signal.SetStarted(1);
                });
            },
            outer.Token);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public void An_ignored_signal_takes_everything()
    {
        StartSignal<int>.Ignored.SetStarted(1);
        StartSignal<int>.Ignored.SetStarted(2);
    }
}
