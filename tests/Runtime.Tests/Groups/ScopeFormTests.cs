using System;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>The scope form: open, complete, dispose, fail.</summary>
public sealed class ScopeFormTests
{
    private readonly Reports _reports = new();

    [Fact]
    public async Task Completing_waits_for_the_children()
    {
        var gate = new TaskCompletionSource();
        var group = TaskGroup.Open();
        group.Spawn(_ => gate.Task);
        var completing = group.CompleteAsync();
        Assert.False(completing.IsCompleted);
        Assert.False(group.IsCancellationRequested);
        gate.SetResult();
        await completing.Soon();
        await group.DisposeAsync();
    }

    [Fact]
    public async Task Completing_throws_the_first_failure_and_carries_all()
    {
        var group = TaskGroup.Open(TaskGroupOptions.Collect);
        group.Spawn(_ => throw new FormatException());
        group.Spawn(_ => throw new ArithmeticException());
        var completing = group.CompleteAsync();
        await Assert.ThrowsAsync<FormatException>(() => completing.Soon());
        Assert.Equal(2, completing.Exception!.InnerExceptions.Count);
        await group.DisposeAsync();
    }

    [Fact]
    public async Task Completing_twice_is_an_error()
    {
        var group = TaskGroup.Open();
        await group.CompleteAsync();
        var exception = AtOnce.Throws<InvalidOperationException>(group.CompleteAsync);
        Assert.Contains("completed before", exception.Message);
    }

    [Fact]
    public async Task Completing_after_disposal_is_an_error()
    {
        var group = TaskGroup.Open();
        await group.DisposeAsync();
        var exception = AtOnce.Throws<InvalidOperationException>(group.CompleteAsync);
        Assert.Contains("disposed before", exception.Message);
    }

    [Fact]
    public async Task The_lambda_form_is_neither_completed_nor_disposed_by_hand()
    {
        await TaskGroup.RunAsync(group =>
        {
            AtOnce.Throws<InvalidOperationException>(group.CompleteAsync);
            AtOnce.Throws<InvalidOperationException>(() => group.DisposeAsync());
        }).Soon();
    }

    [Fact]
    public async Task Completion_ends_with_the_group_and_its_outcome()
    {
        var failure = new FormatException();
        var group = TaskGroup.Open();
        Assert.False(group.Completion.IsCompleted);
        group.Spawn(_ => throw failure);
        Assert.False(group.Completion.IsCompleted);
        await Assert.ThrowsAsync<FormatException>(() => group.CompleteAsync().Soon());
        Assert.Same(failure, group.Completion.Exception!.InnerException);

        Task? completion = null;
        await TaskGroup.RunAsync(inner => { completion = inner.Completion; });
        Assert.True(completion!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Disposing_without_completing_cancels_and_waits()
    {
        var cleanup = new TaskCompletionSource();
        var group = TaskGroup.Open(_reports.Options());
        group.Spawn(async ct =>
        {
            try
            {
                await ct.UntilCancelled();
            }
            finally
            {
                await cleanup.Task;
            }
        });
        var disposing = group.DisposeAsync().AsTask();
        Assert.True(group.IsCancellationRequested);
        Assert.False(disposing.IsCompleted);
        cleanup.SetResult();
        await disposing.Soon();
        Assert.True(group.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Disposing_without_completing_while_children_run_is_reported()
    {
        var options = _reports.Options();
        options.Name = "import";
        var group = TaskGroup.Open(options);
        group.Spawn(ct => ct.UntilCancelled());
        group.Spawn(ct => ct.UntilCancelled());
        await group.DisposeAsync().AsTask().Soon();
        var (name, exception) = Assert.Single(_reports.All);
        Assert.Equal("import", name);
        Assert.Contains("disposed while 2 children were running and CompleteAsync was not called", exception.Message);
    }

    [Fact]
    public async Task Disposing_reports_queued_children_too()
    {
        var options = _reports.Options();
        options.MaxConcurrency = 1;
        var group = TaskGroup.Open(options);
        group.Spawn(ct => ct.UntilCancelled());
        group.Spawn(ct => ct.UntilCancelled());
        await group.DisposeAsync().AsTask().Soon();
        Assert.Contains("1 children were running and 1 queued", Assert.Single(_reports.Exceptions).Message);
    }

    [Fact]
    public async Task Disposing_an_idle_group_reports_nothing()
    {
        var group = TaskGroup.Open(_reports.Options());
        group.Spawn(_ => Task.CompletedTask);
        await group.DisposeAsync();
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Disposing_after_a_cancellation_reports_nothing()
    {
        var group = TaskGroup.Open(_reports.Options());
        var gate = new TaskCompletionSource();
        group.Spawn(_ => gate.Task);
        group.Cancel();
        var disposing = group.DisposeAsync().AsTask();
        gate.SetResult();
        await disposing.Soon();
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Disposing_throws_what_had_failed_before_and_carries_all_of_it()
    {
        var options = _reports.Options(TaskGroupFailureMode.Collect);
        var group = TaskGroup.Open(options);
        group.Spawn(_ => throw new FormatException());
        group.Spawn(_ => throw new ArithmeticException());
        group.Spawn(ct => ct.UntilCancelled());
        var disposing = group.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<FormatException>(() => disposing.Soon());
        Assert.Equal(2, disposing.Exception!.InnerExceptions.Count);
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Disposing_reports_what_fails_later()
    {
        var before = new FormatException();
        var later = new ArithmeticException();
        var group = TaskGroup.Open(_reports.Options(TaskGroupFailureMode.Collect));
        group.Spawn(_ => throw before);
        group.Spawn(async ct =>
        {
            try
            {
                await ct.UntilCancelled();
            }
            finally
            {
                throw later;
            }
        });
        var disposing = group.DisposeAsync().AsTask();
        Assert.Same(before, await Assert.ThrowsAsync<FormatException>(() => disposing.Soon()));
        Assert.Single(disposing.Exception!.InnerExceptions);
        Assert.Same(later, Assert.Single(_reports.Exceptions));
    }

    [Fact]
    public async Task Disposing_does_not_mask_the_bodys_exception_with_what_fails_later()
    {
        var body = new FormatException();
        var run = Body();
        Assert.Same(body, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Contains(_reports.Exceptions, exception => exception is ArithmeticException);

        async Task Body()
        {
            await using var group = TaskGroup.Open(_reports.Options());
            group.Spawn(async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    throw new ArithmeticException();
                }
            });
            throw body;
        }
    }

    [Fact]
    public async Task An_early_return_without_completing_is_never_silent()
    {
        var rowWritten = false;
        Assert.Equal(42, await Body().Soon());
        Assert.False(rowWritten);
        Assert.Single(_reports.All);

        async Task<int> Body()
        {
            await using var group = TaskGroup.Open(_reports.Options());
            group.Spawn(async ct =>
            {
                await ct.UntilCancelled();
                rowWritten = true;
            });
            return 42;
        }
    }

    [Fact]
    public async Task Disposing_twice_only_waits()
    {
        var gate = new TaskCompletionSource();
        var group = TaskGroup.Open(_reports.Options());
        group.Spawn(_ => throw new FormatException());
        group.Spawn(_ => gate.Task);
        var first = group.DisposeAsync().AsTask();
        var second = group.DisposeAsync().AsTask();
        Assert.False(second.IsCompleted);
        gate.SetResult();
        await Assert.ThrowsAsync<FormatException>(() => first.Soon());
        await second.Soon();
        await group.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_while_completing_cancels_and_reports_it()
    {
        var group = TaskGroup.Open(_reports.Options());
        group.Spawn(ct => ct.UntilCancelled());
        var completing = group.CompleteAsync();
        await group.DisposeAsync().AsTask().Soon();
        await completing.Soon();
        Assert.Contains("CompleteAsync had not ended", Assert.Single(_reports.Exceptions).Message);
    }

    [Fact]
    public async Task Disposing_while_completing_leaves_earlier_failures_to_the_completion()
    {
        var group = TaskGroup.Open(_reports.Options(TaskGroupFailureMode.Collect));
        group.Spawn(_ => throw new FormatException());
        group.Spawn(ct => ct.UntilCancelled());
        var completing = group.CompleteAsync();
        await group.DisposeAsync().AsTask().Soon();
        await Assert.ThrowsAsync<FormatException>(() => completing.Soon());
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Disposing_after_a_timeout_throws_it()
    {
        var clock = new ManualClock();
        var options = _reports.Options();
        options.TimeProvider = clock;
        options.Timeout = TimeSpan.FromSeconds(5);
        var run = Body();
        clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => run.Soon());
        Assert.Empty(_reports.All);

        async Task Body()
        {
            await using var group = TaskGroup.Open(options);
            await group.CancellationToken.UntilCancelled();
            await group.CompleteAsync();
        }
    }

    [Fact]
    public async Task Ends_canceled_with_the_outer_token()
    {
        using var outer = new CancellationTokenSource();
        var group = TaskGroup.Open(outer.Token);
        group.Spawn(ct => ct.UntilCancelled());
        outer.Cancel();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => group.CompleteAsync().Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Disposing_after_the_outer_cancellation_leaves_the_outcome_to_Completion()
    {
        using var outer = new CancellationTokenSource();
        var group = TaskGroup.Open(_reports.Options(), outer.Token);
        group.Spawn(ct => ct.UntilCancelled());
        outer.Cancel();
        await group.DisposeAsync().AsTask().Soon();
        Assert.True(group.Completion.IsCanceled);
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Fail_as_a_filter_loses_nothing()
    {
        var body = new FormatException();
        var cleanup = new ArithmeticException();
        TaskGroup? kept = null;
        var run = Body();
        Assert.Same(body, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Equal(new Exception[] { body, cleanup }, kept!.Completion.Exception!.InnerExceptions);
        Assert.Empty(_reports.All);

        async Task Body()
        {
            await using var group = kept = TaskGroup.Open(_reports.Options());
            try
            {
                group.Spawn(async ct =>
                {
                    try
                    {
                        await ct.UntilCancelled();
                    }
                    finally
                    {
                        await Task.Yield();
                        throw cleanup;
                    }
                });
                throw body;
            }
            catch (Exception exception) when (group.Fail(exception))
            {
                throw;
            }
        }
    }

    [Fact]
    public async Task Fail_with_a_cancellation_while_cancelled_is_benign_but_cuts_short()
    {
        using var outer = new CancellationTokenSource();
        var quiet = TaskGroup.Open();
        quiet.Cancel();
        Assert.False(quiet.Fail(new OperationCanceledException()));
        await quiet.CompleteAsync();

        var cutShort = TaskGroup.Open(outer.Token);
        outer.Cancel();
        Assert.False(cutShort.Fail(new OperationCanceledException()));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cutShort.CompleteAsync());
    }

    [Fact]
    public async Task Fail_with_a_cancellation_that_is_not_the_groups_is_a_failure()
    {
        var failure = new OperationCanceledException();
        var group = TaskGroup.Open();
        Assert.False(group.Fail(failure));
        Assert.True(group.IsCancellationRequested);
        Assert.Same(failure, await Assert.ThrowsAsync<OperationCanceledException>(() => group.CompleteAsync()));
    }

    [Theory]
    [InlineData(TaskGroupFailureMode.CancelSiblings)]
    [InlineData(TaskGroupFailureMode.Collect)]
    [InlineData(TaskGroupFailureMode.Supervise)]
    public async Task Fail_cancels_and_fails_the_group_in_every_mode(TaskGroupFailureMode mode)
    {
        var group = TaskGroup.Open(_reports.Options(mode));
        group.Spawn(ct => ct.UntilCancelled());
        Assert.False(group.Fail(new FormatException()));
        Assert.True(group.IsCancellationRequested);
        await Assert.ThrowsAsync<FormatException>(() => group.CompleteAsync().Soon());
    }

    [Fact]
    public async Task Fail_after_the_group_has_ended_reports()
    {
        var late = new FormatException();
        var group = TaskGroup.Open(_reports.Options());
        await group.CompleteAsync();
        Assert.False(group.Fail(late));
        Assert.Same(late, Assert.Single(_reports.Exceptions));
    }

    [Fact]
    public async Task Copies_its_options()
    {
        var options = new TaskGroupOptions { Name = "first" };
        var group = TaskGroup.Open(options);
        options.Name = "second";
        Assert.Equal("first", group.Name);
        Assert.Equal("The task group 'first'", group.ToString());
        await group.CompleteAsync();
        Assert.Null(TaskGroup.Open().Name);
    }
}
