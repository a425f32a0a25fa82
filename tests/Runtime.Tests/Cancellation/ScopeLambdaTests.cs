using System;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Cancellation;

/// <summary>The lambda forms of a scope.</summary>
public sealed class ScopeLambdaTests
{
    private static readonly TimeSpan s_five = TimeSpan.FromSeconds(5);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Run_tells_whether_the_body_finished_or_the_scope_cut_it_short()
    {
        Assert.True(await CancelScope.RunAsync(_ => Task.CompletedTask));
        Assert.True(await CancelScope.RunAsync(scope =>
        {
            scope.Cancel();
            return Task.CompletedTask;
        }));
        CancelScope? kept = null;
        var cutShort = CancelScope.RunAsync(async scope =>
        {
            kept = scope;
            scope.Cancel();
            await scope.Token.UntilCancelled();
        });
        Assert.False(await cutShort.Soon());
        Assert.True(kept!.CancellationCaught);
    }

    [Fact]
    public async Task Run_ends_canceled_with_the_outer_token()
    {
        using var outer = new CancellationTokenSource();
        var run = CancelScope.RunAsync(scope => scope.Token.UntilCancelled(), outer.Token);
        outer.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Run_lets_out_what_the_body_throws()
    {
        await Assert.ThrowsAsync<FormatException>(() => CancelScope.RunAsync(_ => throw new FormatException()));
        var foreign = new TaskCanceledException("The request timed out.");
        var run = CancelScope.RunAsync(async _ =>
        {
            await Task.Yield();
            throw foreign;
        });
        Assert.Same(foreign, await Assert.ThrowsAsync<TaskCanceledException>(() => run.Soon()));
    }

    [Fact]
    public async Task Move_on_is_false_when_the_timeout_cut_the_body_short()
    {
        var run = CancelScope.MoveOnAfterAsync(s_five, ct => ct.UntilCancelled(), timeProvider: _clock);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await run.Soon());
        Assert.Equal(0, _clock.TimerCount);
    }

    [Fact]
    public async Task Move_on_is_true_when_the_body_finished_even_late()
    {
        var gate = new TaskCompletionSource();
        var run = CancelScope.MoveOnAfterAsync(s_five, _ => gate.Task, timeProvider: _clock);
        _clock.Advance(s_five);
        gate.SetResult();
        Assert.True(await run.Soon());
        Assert.True(await CancelScope.MoveOnAfterAsync(s_five, _ => Task.CompletedTask, timeProvider: _clock));
        Assert.Equal(0, _clock.TimerCount);
    }

    [Fact]
    public async Task Move_on_judges_state_and_not_the_token_of_the_exception()
    {
        using var library = new CancellationTokenSource();
        var run = CancelScope.MoveOnAfterAsync(
            s_five,
            async ct =>
            {
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(ct, library.Token);
                await linked.Token.UntilCancelled();
            },
            timeProvider: _clock);
        _clock.Advance(s_five);
        Assert.False(await run.Soon());
    }

    [Fact]
    public async Task Move_on_starts_its_body_even_when_the_time_is_over()
    {
        var started = false;
        var run = CancelScope.MoveOnAfterAsync(
            TimeSpan.Zero,
            ct =>
            {
                started = true;
                return ct.UntilCancelled();
            });
        Assert.False(await run.Soon());
        Assert.True(started);
    }

    [Fact]
    public async Task Move_on_ends_canceled_with_the_outer_token()
    {
        using var outer = new CancellationTokenSource();
        var run = CancelScope.MoveOnAfterAsync(s_five, ct => ct.UntilCancelled(), outer.Token, _clock);
        outer.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
        Assert.True(run.IsCanceled);
    }

    [Fact]
    public async Task Fail_throws_a_timeout_when_it_cut_the_body_short()
    {
        var plain = CancelScope.FailAfterAsync(s_five, ct => ct.UntilCancelled(), timeProvider: _clock);
        var value = CancelScope.FailAfterAsync(
            s_five,
            async ct =>
            {
                await ct.UntilCancelled();
                return 1;
            },
            timeProvider: _clock);
        _clock.Advance(s_five);
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => plain.Soon());
        Assert.Contains("00:00:05", exception.Message);
        await Assert.ThrowsAsync<TimeoutException>(() => value.Soon());
    }

    [Fact]
    public async Task Fail_returns_the_value_when_the_body_finished_even_late()
    {
        var gate = new TaskCompletionSource<int>();
        var run = CancelScope.FailAfterAsync(s_five, _ => gate.Task, timeProvider: _clock);
        _clock.Advance(s_five);
        gate.SetResult(3);
        Assert.Equal(3, await run.Soon());
        await CancelScope.FailAfterAsync(s_five, _ => Task.CompletedTask, timeProvider: _clock);
    }

    [Fact]
    public async Task Fail_carries_all_failures_of_its_body()
    {
        var several = new TaskCompletionSource();
        several.SetException([new FormatException(), new ArithmeticException()]);
        var run = CancelScope.FailAfterAsync(s_five, _ => several.Task);
        await Assert.ThrowsAsync<FormatException>(() => run);
        Assert.Equal(2, run.Exception!.InnerExceptions.Count);
    }

    [Fact]
    public async Task Fail_ends_canceled_with_the_outer_token()
    {
        using var outer = new CancellationTokenSource();
        var run = CancelScope.FailAfterAsync(s_five, ct => ct.UntilCancelled(), outer.Token, _clock);
        outer.Cancel();
        _clock.Advance(s_five);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Infinite_timeouts_are_none()
    {
        var gate = new TaskCompletionSource();
        var run = CancelScope.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, _ => gate.Task, timeProvider: _clock);
        Assert.Equal(0, _clock.TimerCount);
        gate.SetResult();
        Assert.True(await run);
    }

    [Fact]
    public async Task A_shielded_body_is_cut_short_by_the_end_of_its_grace_period_alone()
    {
        var plain = CancelScope.ShieldAsync(ct => ct.UntilCancelled(), s_five, _clock);
        var value = CancelScope.ShieldAsync(
            async ct =>
            {
                await ct.UntilCancelled();
                return 1;
            },
            s_five,
            _clock);
        Assert.False(plain.IsCompleted);
        _clock.Advance(s_five);
        await Assert.ThrowsAsync<TimeoutException>(() => plain.Soon());
        await Assert.ThrowsAsync<TimeoutException>(() => value.Soon());
    }

    [Fact]
    public async Task A_shielded_body_has_any_time_without_a_grace_period()
    {
        var token = default(CancellationToken);
        await CancelScope.ShieldAsync(
            ct =>
            {
                token = ct;
                return Task.CompletedTask;
            },
            timeProvider: _clock);
        Assert.Equal(0, _clock.TimerCount);
        Assert.False(token.IsCancellationRequested);
        Assert.Equal(4, await CancelScope.ShieldAsync(_ => Task.FromResult(4)));
    }

    [Fact]
    public void Rejects_bad_arguments()
    {
        Func<CancellationToken, Task> none = null!;
        Func<CancellationToken, Task<int>> noValue = null!;
        var negative = TimeSpan.FromSeconds(-1);
        AtOnce.Throws<ArgumentNullException>("body", () => CancelScope.RunAsync(null!));
        AtOnce.Throws<ArgumentNullException>("body", () => CancelScope.MoveOnAfterAsync(s_five, none));
        AtOnce.Throws<ArgumentNullException>("body", () => CancelScope.FailAfterAsync(s_five, none));
        AtOnce.Throws<ArgumentNullException>("body", () => CancelScope.FailAfterAsync(s_five, noValue));
        AtOnce.Throws<ArgumentNullException>("body", () => CancelScope.ShieldAsync(none));
        AtOnce.Throws<ArgumentNullException>("body", () => CancelScope.ShieldAsync(noValue));
        AtOnce.Throws<ArgumentOutOfRangeException>("timeout", () => CancelScope.MoveOnAfterAsync(negative, Done));
        AtOnce.Throws<ArgumentOutOfRangeException>("timeout", () => CancelScope.FailAfterAsync(negative, Done));
        AtOnce.Throws<ArgumentOutOfRangeException>("gracePeriod", () => CancelScope.ShieldAsync(Done, negative));
    }

    private static Task Done(CancellationToken ct) => Task.CompletedTask;
}
