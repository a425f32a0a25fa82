using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>What one child's failure does to the rest, mode by mode.</summary>
public sealed class FailureModeTests
{
    private readonly Reports _reports = new();

    [Fact]
    public async Task Collect_lets_the_rest_go_on_and_throws_everything_at_the_end()
    {
        var gate = new TaskCompletionSource();
        var ended = false;
        TaskGroup? kept = null;
        var run = TaskGroup.RunAsync(
            group =>
            {
                kept = group;
                group.Spawn(_ => throw new FormatException());
                group.Spawn(async ct =>
                {
                    await gate.Task;
                    ct.ThrowIfCancellationRequested();
                    ended = true;
                });
                group.Spawn(_ => throw new ArithmeticException());
            },
            TaskGroupOptions.Collect);
        Assert.False(kept!.IsCancellationRequested);
        gate.SetResult();
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(2, run.Exception!.InnerExceptions.Count);
        Assert.True(ended);
    }

    [Fact]
    public async Task Collect_starts_queued_children_after_a_failure()
    {
        var started = 0;
        var options = TaskGroupOptions.Collect;
        options.MaxConcurrency = 1;
        var run = TaskGroup.RunAsync(
            group =>
            {
                for (var i = 0; i < 3; i++)
                {
                    group.Spawn(async _ =>
                    {
                        started++;
                        await Task.Yield();
                        throw new FormatException();
                    });
                }
            },
            options);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(3, started);
        Assert.Equal(3, run.Exception!.InnerExceptions.Count);
    }

    [Fact]
    public async Task Supervise_reports_each_failure_at_once_and_keeps_nothing()
    {
        var failure = new FormatException();
        var gate = new TaskCompletionSource();
        var options = _reports.Options(TaskGroupFailureMode.Supervise);
        options.Name = "server";
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => throw failure);
                Assert.Equal(("server", failure), Assert.Single(_reports.All));
                Assert.False(group.IsCancellationRequested);
                group.Spawn(_ => gate.Task);
            },
            options);
        gate.SetResult();
        await run.Soon();
        Assert.Single(_reports.All);
    }

    [Fact]
    public async Task Supervise_keeps_the_failure_on_the_handle()
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                var handle = group.Run(_ => throw new FormatException());
                await Assert.ThrowsAsync<FormatException>(() => handle);
            },
            _reports.Options(TaskGroupFailureMode.Supervise)).Soon();
    }

    [Fact]
    public async Task Supervise_reports_a_cancellation_that_is_not_the_groups()
    {
        await TaskGroup.RunAsync(
            group => group.Spawn(_ => throw new TaskCanceledException("timed out")),
            _reports.Options(TaskGroupFailureMode.Supervise)).Soon();
        Assert.IsType<TaskCanceledException>(Assert.Single(_reports.Exceptions));
    }

    [Theory]
    [InlineData(TaskGroupFailureMode.Collect)]
    [InlineData(TaskGroupFailureMode.Supervise)]
    public async Task A_failing_body_cancels_and_fails_the_group(TaskGroupFailureMode mode)
    {
        var run = TaskGroup.RunAsync(
            async group =>
            {
                group.Spawn(ct => ct.UntilCancelled());
                await Task.Yield();
                throw new FormatException();
            },
            _reports.Options(mode));
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Supervise_still_ends_canceled_when_the_outer_token_cut_short()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            group => group.Spawn(ct => ct.UntilCancelled()),
            TaskGroupOptions.Supervise,
            outer.Token);
        outer.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Fact]
    public async Task A_handler_that_throws_disturbs_nobody()
    {
        var options = TaskGroupOptions.Supervise;
        options.OnUnobservedException = (_, _) => throw new ArithmeticException();
        var ended = false;
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => throw new FormatException());
                ended = true;
            },
            options).Soon();
        Assert.True(ended);
    }

    [Fact]
    public void Presets_are_fresh_each_time()
    {
        Assert.NotSame(TaskGroupOptions.Collect, TaskGroupOptions.Collect);
        Assert.NotSame(TaskGroupOptions.Supervise, TaskGroupOptions.Supervise);
        Assert.Equal(TaskGroupFailureMode.Collect, TaskGroupOptions.Collect.FailureMode);
        Assert.Equal(TaskGroupFailureMode.Supervise, TaskGroupOptions.Supervise.FailureMode);
    }

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        var options = new TaskGroupOptions();
        Assert.Null(options.Name);
        Assert.Equal(-1, options.MaxConcurrency);
        Assert.Null(options.Timeout);
        Assert.Same(TimeProvider.System, options.TimeProvider);
        Assert.Equal(TaskGroupExceptionMode.First, options.ExceptionMode);
        Assert.Equal(TaskGroupFailureMode.CancelSiblings, options.FailureMode);
        Assert.Null(options.OnUnobservedException);
        Assert.Equal(TimeSpan.FromSeconds(30), options.StuckBodyWarning);
    }

    [Fact]
    public void Rejects_bad_options()
    {
        var options = new TaskGroupOptions();
        foreach (var limit in new[] { 0, -2, int.MinValue })
            Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxConcurrency = limit);
        Assert.Throws<ArgumentNullException>(() => options.TimeProvider = null!);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.FailureMode = (TaskGroupFailureMode)9);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.ExceptionMode = (TaskGroupExceptionMode)9);
        options.Timeout = Timeout.InfiniteTimeSpan;
        options.StuckBodyWarning = Timeout.InfiniteTimeSpan;
        options.MaxConcurrency = -1;
    }
}
