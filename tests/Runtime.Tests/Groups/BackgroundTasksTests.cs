using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Work without an owner in reach.</summary>
public sealed class BackgroundTasksTests
{
    private readonly ManualClock _clock = new();
    private readonly List<BackgroundTaskFailure> _failures = [];
    private readonly BackgroundGroup _group;

    public BackgroundTasksTests()
    {
        _group = new BackgroundGroup(_clock);
        _group.Failed += _failures.Add;
    }

    [Fact]
    public async Task Starts_inline_and_flows_the_execution_context()
    {
        var local = new AsyncLocal<string> { Value = "caller" };
        var seen = new List<string?>();
        var gate = new TaskCompletionSource();
        _group.Spawn(
            async _ =>
            {
                seen.Add(local.Value);
                await gate.Task;
                seen.Add(local.Value);
            },
            null);
        Assert.Equal(["caller"], seen);
        local.Value = "later";
        gate.SetResult();
        await _group.DrainAsync(Timeout.InfiniteTimeSpan, default).Soon();
        Assert.Equal(["caller", "caller"], seen);
    }

    [Fact]
    public async Task Counts_what_runs()
    {
        Assert.Equal(0, _group.RunningCount);
        var gate = new TaskCompletionSource();
        _group.Spawn(_ => gate.Task, null);
        _group.Spawn(_ => gate.Task, null);
        Assert.Equal(2, _group.RunningCount);
        gate.SetResult();
        await _group.DrainAsync(Timeout.InfiniteTimeSpan, default).Soon();
        Assert.Equal(0, _group.RunningCount);
    }

    [Fact]
    public void Tells_each_failure_with_its_name()
    {
        var failure = new FormatException();
        _group.Spawn(_ => throw failure, "audit");
        _group.Spawn(_ => throw failure, null);
        Assert.Equal(2, _failures.Count);
        Assert.Equal("audit", _failures[0].Name);
        Assert.Same(failure, _failures[0].Exception);
        Assert.Null(_failures[1].Name);
    }

    [Fact]
    public async Task Tells_a_failure_that_comes_later_before_it_stops_counting_it()
    {
        var gate = new TaskCompletionSource();
        var counted = -1;
        _group.Failed += _ => counted = _group.RunningCount;
        _group.Spawn(
            async _ =>
            {
                await gate.Task;
                throw new FormatException();
            },
            "audit");
        gate.SetResult();
        await _group.DrainAsync(Timeout.InfiniteTimeSpan, default).Soon();
        Assert.Equal("audit", Assert.Single(_failures).Name);
        Assert.Equal(1, counted);
    }

    [Fact]
    public void A_handler_that_throws_is_isolated_from_the_others()
    {
        var group = new BackgroundGroup(_clock);
        group.Failed += _ => throw new ArithmeticException();
        group.Failed += _failures.Add;
        group.Spawn(_ => throw new FormatException(), null);
        Assert.IsType<FormatException>(Assert.Single(_failures).Exception);
    }

    [Fact]
    public void Tells_the_event_source_too()
    {
        using var events = new Events();
        var id = Guid.NewGuid().ToString();
        _group.Spawn(_ => throw new FormatException(id), "audit");
        Assert.Contains(
            events.All,
            text => text.StartsWith("UnobservedFailure") && text.Contains("audit") && text.Contains(id));
    }

    [Fact]
    public async Task Draining_cancels_after_the_grace_period_and_then_waits()
    {
        var cleanup = new TaskCompletionSource();
        var cancelled = false;
        _group.Spawn(
            async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    cancelled = true;
                    await cleanup.Task;
                }
            },
            null);
        var draining = _group.DrainAsync(TimeSpan.FromSeconds(5), default);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(cancelled);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.Until(() => cancelled);
        Assert.False(draining.IsCompleted);
        cleanup.SetResult();
        await draining.Soon();
        Assert.Empty(_failures);
        Assert.Equal(0, _clock.TimerCount);
    }

    [Fact]
    public async Task What_callbacks_of_the_token_throw_is_told_and_does_not_fail_the_draining()
    {
        _group.Spawn(
            async ct =>
            {
                ct.Register(() => throw new FormatException());
                await ct.UntilCancelled();
            },
            null);
        await _group.DrainAsync(TimeSpan.Zero, default).Soon();
        Assert.IsType<FormatException>(Assert.Single(_failures).Exception);
    }

    [Fact]
    public async Task Draining_with_no_grace_cancels_at_once()
    {
        _group.Spawn(ct => ct.UntilCancelled(), null);
        await _group.DrainAsync(TimeSpan.Zero, default).Soon();
    }

    [Fact]
    public async Task Draining_waits_for_what_starts_meanwhile()
    {
        var gate = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        _group.Spawn(
            async _ =>
            {
                await gate.Task;
                _group.Spawn(_ => second.Task, null);
            },
            null);
        var draining = _group.DrainAsync(Timeout.InfiniteTimeSpan, default);
        gate.SetResult();
        await Wait.Until(() => _group.RunningCount == 1);
        Assert.False(draining.IsCompleted);
        second.SetResult();
        await draining.Soon();
    }

    [Fact]
    public async Task A_longer_grace_period_does_not_extend_a_shorter_one()
    {
        _group.Spawn(ct => ct.UntilCancelled(), null);
        var shorter = _group.DrainAsync(TimeSpan.FromSeconds(1), default);
        var longer = _group.DrainAsync(TimeSpan.FromSeconds(10), default);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await shorter.Soon();
        await longer.Soon();
    }

    [Fact]
    public async Task Is_usable_again_after_draining()
    {
        await _group.DrainAsync(TimeSpan.Zero, default).Soon();
        for (var i = 0; i < 3; i++)
        {
            var cancelled = true;
            var gate = new TaskCompletionSource();
            _group.Spawn(
                async ct =>
                {
                    await gate.Task;
                    cancelled = ct.IsCancellationRequested;
                },
                null);
            Assert.Equal(1, _group.RunningCount);
            var draining = _group.DrainAsync(Timeout.InfiniteTimeSpan, default);
            gate.SetResult();
            await draining.Soon();
            Assert.False(cancelled);
            await _group.DrainAsync(TimeSpan.Zero, default).Soon();
        }
    }

    [Fact]
    public async Task Cancelling_the_draining_stops_the_waiting_and_not_the_work()
    {
        using var stop = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var cancelled = false;
        _group.Spawn(
            async ct =>
            {
                await gate.Task;
                cancelled = ct.IsCancellationRequested;
            },
            null);
        var draining = _group.DrainAsync(Timeout.InfiniteTimeSpan, stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draining.Soon());
        Assert.Equal(1, _group.RunningCount);
        gate.SetResult();
        await _group.DrainAsync(Timeout.InfiniteTimeSpan, default).Soon();
        Assert.False(cancelled);
    }

    [Fact]
    public async Task The_process_has_one()
    {
        var gate = new TaskCompletionSource();
        var told = new TaskCompletionSource<BackgroundTaskFailure>();
        var tellings = 0;
        Action<BackgroundTaskFailure> handler = failure =>
        {
            tellings++;
            told.TrySetResult(failure);
        };
        BackgroundTasks.Failed += handler;
        BackgroundTasks.Spawn(
            async _ =>
            {
                await gate.Task;
                throw new FormatException();
            },
            "once");
        Assert.Equal(1, BackgroundTasks.RunningCount);
        gate.SetResult();
        await BackgroundTasks.DrainAsync(Timeout.InfiniteTimeSpan).Soon();
        BackgroundTasks.Failed -= handler;
        Assert.Equal("once", (await told.Task.Soon()).Name);
        Assert.Equal(0, BackgroundTasks.RunningCount);
        BackgroundTasks.Spawn(_ => throw new FormatException(), "told to nobody");
        Assert.Equal(1, tellings);
    }

    [Fact]
    public async Task Draining_that_has_ended_leaves_no_timer()
    {
        var gate = new TaskCompletionSource();
        _group.Spawn(_ => gate.Task, null);
        var draining = _group.DrainAsync(TimeSpan.FromHours(1), default);
        Assert.Equal(1, _clock.TimerCount);
        gate.SetResult();
        await draining.Soon();
        await Wait.Until(() => _clock.TimerCount == 0);
    }

    [Fact]
    public void Rejects_bad_arguments()
    {
        Assert.Throws<ArgumentNullException>("work", () => BackgroundTasks.Spawn(null!));
        AtOnce.Throws<ArgumentOutOfRangeException>(
            "gracePeriod",
            () => BackgroundTasks.DrainAsync(TimeSpan.FromSeconds(-1)));
    }
}
