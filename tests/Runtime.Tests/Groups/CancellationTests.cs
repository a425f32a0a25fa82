using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Who cancels a group, and what it ends with.</summary>
public sealed class CancellationTests
{
    [Fact]
    public async Task An_outer_cancellation_that_cut_a_child_short_never_looks_like_success()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(group => group.Spawn(ct => ct.UntilCancelled()), outer.Token);
        outer.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
        Assert.True(run.IsCanceled);
    }

    [Fact]
    public async Task An_outer_cancellation_that_cut_the_body_short_never_looks_like_success()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(group => group.CancellationToken.UntilCancelled(), outer.Token);
        outer.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task An_outer_cancellation_after_all_succeeded_is_success()
    {
        using var outer = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                return Task.FromResult(5);
            },
            outer.Token);
        outer.Cancel();
        gate.SetResult();
        Assert.Equal(5, await run.Soon());
    }

    [Fact]
    public async Task Code_that_waits_on_the_outer_token_may_end_first()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(group => group.Spawn(_ => outer.Token.UntilCancelled()), outer.Token);
        outer.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.True(run.IsCanceled);
    }

    [Fact]
    public async Task Cancel_is_quiet()
    {
        await TaskGroup.RunAsync(async group =>
        {
            group.Spawn(ct => ct.UntilCancelled());
            group.Cancel();
            await group.CancellationToken.UntilCancelled();
        }).Soon();
    }

    [Fact]
    public async Task Cancel_that_keeps_the_body_from_its_value_ends_as_canceled()
    {
        CancellationToken token = default;
        var run = TaskGroup.RunAsync(async group =>
        {
            token = group.CancellationToken;
            group.Cancel();
            await group.CancellationToken.UntilCancelled();
            return 1;
        });
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(token, exception.CancellationToken);
    }

    [Fact]
    public async Task Cancel_that_comes_after_the_value_keeps_it()
    {
        var run = TaskGroup.RunAsync(group =>
        {
            group.Spawn(ct => ct.UntilCancelled());
            group.Cancel();
            return Task.FromResult(1);
        });
        Assert.Equal(1, await run.Soon());
    }

    [Fact]
    public async Task The_outer_token_wins_over_a_quiet_cancellation()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            async group =>
            {
                group.Cancel();
                outer.Cancel();
                await group.CancellationToken.UntilCancelled();
                return 1;
            },
            outer.Token);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Keeps_the_reason_of_the_cancellation_that_counted()
    {
        await TaskGroup.RunAsync(group =>
        {
            Assert.Null(group.CancellationReason);
            Assert.False(group.IsCancellationRequested);
            group.Cancel("enough");
            Assert.True(group.IsCancellationRequested);
            Assert.True(group.CancellationToken.IsCancellationRequested);
            group.Cancel("again");
            Assert.Equal("enough", group.CancellationReason);
        });
    }

    [Fact]
    public async Task Knows_the_reason_while_callbacks_run()
    {
        string? seen = null;
        await TaskGroup.RunAsync(group =>
        {
            group.CancellationToken.Register(() => seen = group.CancellationReason);
            group.Cancel("enough");
        });
        Assert.Equal("enough", seen);
    }

    [Fact]
    public async Task Cancelling_a_group_that_has_ended_does_nothing()
    {
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(group => { kept = group; });
        kept!.Cancel("late");
        kept.CancelAfter(TimeSpan.Zero);
        Assert.False(kept.IsCancellationRequested);
        Assert.Null(kept.CancellationReason);
    }

    [Fact]
    public async Task The_outer_token_does_not_reach_a_group_that_has_ended()
    {
        using var outer = new CancellationTokenSource();
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(group => { kept = group; }, outer.Token);
        outer.Cancel();
        Assert.False(kept!.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancels_later_and_quietly()
    {
        var clock = new ManualClock();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.CancelAfter(TimeSpan.FromSeconds(1));
                group.CancelAfter(TimeSpan.FromSeconds(5));
                group.Spawn(ct => ct.UntilCancelled());
            },
            new TaskGroupOptions { TimeProvider = clock });
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(run.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await run.Soon();
        Assert.Equal(0, clock.TimerCount);
    }

    [Fact]
    public async Task Takes_a_later_cancellation_back()
    {
        var clock = new ManualClock();
        await TaskGroup.RunAsync(
            group =>
            {
                group.CancelAfter(TimeSpan.FromSeconds(1));
                group.CancelAfter(Timeout.InfiniteTimeSpan);
                Assert.Equal(0, clock.TimerCount);
                clock.Advance(TimeSpan.FromDays(1));
                Assert.False(group.IsCancellationRequested);
                group.CancelAfter(TimeSpan.Zero);
                Assert.True(group.IsCancellationRequested);
            },
            new TaskGroupOptions { TimeProvider = clock });
    }

    [Fact]
    public async Task Timeouts_RejectNegative()
    {
        await TaskGroup.RunAsync(group =>
        {
            Assert.Throws<ArgumentOutOfRangeException>("delay", () => group.CancelAfter(TimeSpan.FromTicks(-2)));
        });
        var options = new TaskGroupOptions();
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Timeout = TimeSpan.FromSeconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => options.StuckBodyWarning = TimeSpan.FromSeconds(-1));
    }

    [Fact]
    public async Task A_timeout_that_cut_something_short_is_a_failure()
    {
        var clock = new ManualClock();
        var run = TaskGroup.RunAsync(
            group => group.Spawn(ct => ct.UntilCancelled()),
            new TaskGroupOptions { Name = "import", Timeout = TimeSpan.FromSeconds(5), TimeProvider = clock });
        clock.Advance(TimeSpan.FromSeconds(5));
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Contains("import", exception.Message);
        Assert.Contains("00:00:05", exception.Message);
    }

    [Fact]
    public async Task A_timeout_that_cut_nothing_short_is_none()
    {
        var clock = new ManualClock();
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group => group.Spawn(_ => gate.Task),
            new TaskGroupOptions { Timeout = TimeSpan.FromSeconds(5), TimeProvider = clock });
        clock.Advance(TimeSpan.FromSeconds(5));
        gate.SetResult();
        await run.Soon();
    }

    [Fact]
    public async Task A_timeout_is_among_the_failures_by_time()
    {
        var clock = new ManualClock();
        var first = new FormatException();
        var last = new ArithmeticException();
        var options = TaskGroupOptions.Collect;
        options.Timeout = TimeSpan.FromSeconds(5);
        options.TimeProvider = clock;
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => throw first);
                group.Spawn(ct => ct.UntilCancelled());
                group.Spawn(async ct =>
                {
                    try
                    {
                        await ct.UntilCancelled();
                    }
                    catch (OperationCanceledException)
                    {
                        throw last;
                    }
                });
            },
            options);
        clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(3, run.Exception!.InnerExceptions.Count);
        Assert.Same(first, run.Exception.InnerExceptions[0]);
        Assert.IsType<TimeoutException>(run.Exception.InnerExceptions[1]);
        Assert.Same(last, run.Exception.InnerExceptions[2]);
    }

    [Fact]
    public async Task A_timeout_in_aggregate_mode_is_inside_the_aggregate()
    {
        var run = TaskGroup.RunAsync(
            group => group.Spawn(ct => ct.UntilCancelled()),
            new TaskGroupOptions { Timeout = TimeSpan.Zero, ExceptionMode = TaskGroupExceptionMode.Aggregate });
        var aggregate = await Assert.ThrowsAsync<AggregateException>(() => run.Soon());
        Assert.IsType<TimeoutException>(Assert.Single(aggregate.InnerExceptions));
    }

    [Fact]
    public async Task A_timeout_after_a_cancellation_does_not_count()
    {
        var clock = new ManualClock();
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(ct => ct.UntilCancelled());
                group.Spawn(_ => gate.Task);
                group.Cancel();
            },
            new TaskGroupOptions { Timeout = TimeSpan.FromSeconds(5), TimeProvider = clock });
        clock.Advance(TimeSpan.FromSeconds(5));
        gate.SetResult();
        await run.Soon();
    }

    [Fact]
    public async Task Leaves_no_timer_behind()
    {
        var clock = new ManualClock();
        await TaskGroup.RunAsync(
            group =>
            {
                group.CancelAfter(TimeSpan.FromSeconds(1));
                Assert.Equal(2, clock.TimerCount);
            },
            new TaskGroupOptions { Timeout = TimeSpan.FromSeconds(5), TimeProvider = clock });
        Assert.Equal(0, clock.TimerCount);
    }

    [Fact]
    public async Task Leaves_no_warning_behind()
    {
        var clock = new ManualClock();
        await TaskGroup.RunAsync(
            async group =>
            {
                group.Cancel();
                Assert.Equal(1, clock.TimerCount);
                await Task.Yield();
            },
            new TaskGroupOptions { TimeProvider = clock }).Soon();
        Assert.Equal(0, clock.TimerCount);
    }

    [Fact]
    public async Task Infinite_timeouts_are_none()
    {
        var clock = new ManualClock();
        await TaskGroup.RunAsync(
            _ => { Assert.Equal(0, clock.TimerCount); },
            new TaskGroupOptions { Timeout = Timeout.InfiniteTimeSpan, TimeProvider = clock });
    }

    [Fact]
    public async Task Takes_timeouts_that_are_longer_than_a_timer_takes()
    {
        var clock = new ManualClock();
        var run = TaskGroup.RunAsync(
            group => group.Spawn(ct => ct.UntilCancelled()),
            new TaskGroupOptions { Timeout = TimeSpan.FromDays(200), TimeProvider = clock });
        clock.Advance(TimeSpan.FromDays(199));
        Assert.False(run.IsCompleted);
        clock.Advance(TimeSpan.FromDays(1));
        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
    }

    [Fact]
    public async Task Reports_a_body_that_is_stuck_after_the_cancellation()
    {
        var clock = new ManualClock();
        var reports = new Reports();
        var gate = new TaskCompletionSource();
        var options = reports.Options();
        options.Name = "import";
        options.TimeProvider = clock;
        var run = TaskGroup.RunAsync(
            async group =>
            {
                group.Cancel();
                await gate.Task;
            },
            options);
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(reports.All);
        clock.Advance(TimeSpan.FromSeconds(1));
        var (name, exception) = Assert.Single(reports.All);
        Assert.Equal("import", name);
        Assert.IsType<TimeoutException>(exception);
        Assert.Contains("import", exception.Message);
        Assert.Contains("does not take the group's CancellationToken", exception.Message);
        gate.SetResult();
        await run.Soon();
    }

    [Fact]
    public async Task Reports_a_stuck_body_at_once_if_it_may_take_no_time()
    {
        var reports = new Reports();
        var options = reports.Options();
        options.StuckBodyWarning = TimeSpan.Zero;
        await TaskGroup.RunAsync(
            group =>
            {
                group.Cancel();
                Assert.IsType<TimeoutException>(Assert.Single(reports.Exceptions));
            },
            options).Soon();
    }

    [Fact]
    public async Task Does_not_report_a_body_that_ended_in_time_or_when_it_is_switched_off()
    {
        var clock = new ManualClock();
        var reports = new Reports();
        var gate = new TaskCompletionSource();
        var options = reports.Options();
        options.TimeProvider = clock;
        var ended = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                group.Cancel();
            },
            options);
        options.StuckBodyWarning = null;
        var off = TaskGroup.RunAsync(
            async group =>
            {
                group.Cancel();
                await gate.Task;
            },
            options);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(reports.All);
        gate.SetResult();
        await ended.Soon();
        await off.Soon();
    }

    [Fact]
    public async Task TaskGroup_CancelOneChild()
    {
        using var one = new CancelScope();
        var other = await TaskGroup.RunAsync(async group =>
        {
            group.Spawn(async _ =>
            {
                try
                {
                    await one.Token.UntilCancelled();
                }
                catch (OperationCanceledException e) when (one.Owns(e))
                {
                }
            });
            var second = group.Run(async _ =>
            {
                await Task.Yield();
                return 2;
            });
            one.Cancel();
            return await second;
        }).Soon();
        Assert.Equal(2, other);
        Assert.True(one.CancellationCaught);
    }

    [Fact]
    public async Task Scope_FiltersOnlyItsOwnCancellation()
    {
        using var outer = new CancellationTokenSource();
        var failure = new FormatException();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(ct => TaskGroup.RunAsync(
                    async inner =>
                    {
                        inner.Spawn(innerToken => innerToken.UntilCancelled());
                        inner.Spawn(innerToken => innerToken.UntilCancelled());
                        inner.Cancel();
                        await ct.UntilCancelled();
                    },
                    ct));
                group.Spawn(async ct =>
                {
                    try
                    {
                        await ct.UntilCancelled();
                    }
                    catch (OperationCanceledException)
                    {
                        throw failure;
                    }
                });
            },
            outer.Token);
        outer.Cancel();
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Single(run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Cancels_a_group_inside_a_callback_before_Cancel_returns()
    {
        var seen = new List<bool>();
        await TaskGroup.RunAsync(outer =>
        {
            outer.Spawn(ct => TaskGroup.RunAsync(
                inner =>
                {
                    ct.Register(() =>
                    {
                        inner.Cancel();
                        seen.Add(inner.IsCancellationRequested);
                    });
                    inner.Spawn(innerToken => innerToken.UntilCancelled());
                },
                ct));
            outer.Cancel();
        }).Soon();
        Assert.Equal([true], seen);
    }
}
