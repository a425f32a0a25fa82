using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>What failures do, and how they come out.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Group_ChildError_Propagates()
    {
        var failure = new FormatException();
        var run = TaskGroup.RunAsync(group => group.Spawn(async _ =>
        {
            await Task.Yield();
            throw failure;
        }));
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
    }

    [Fact]
    public async Task Group_CrashCancelsSibling()
    {
        var cancellations = 0;
        var run = TaskGroup.RunAsync(group =>
        {
            group.Spawn(async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                catch (OperationCanceledException)
                {
                    cancellations++;
                    throw;
                }
            });
            group.Spawn(_ => throw new FormatException());
        });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(1, cancellations);
        Assert.Single(run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Group_CrashWakesSleepingBody()
    {
        var run = TaskGroup.RunAsync(async group =>
        {
            group.Spawn(async _ =>
            {
                await Task.Yield();
                throw new FormatException();
            });
            await group.CancellationToken.UntilCancelled();
        });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Single(run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Group_TwoChildrenFail()
    {
        var first = new FormatException();
        var second = new ArithmeticException();
        var run = TaskGroup.RunAsync(group =>
        {
            group.Spawn(async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                catch (OperationCanceledException)
                {
                    throw second;
                }
            });
            group.Spawn(_ => throw first);
        });
        Assert.Same(first, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Equal([first, second], run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Cancels_and_joins_when_the_body_fails()
    {
        var gate = new TaskCompletionSource();
        var cancelled = false;
        var run = TaskGroup.RunAsync(async group =>
        {
            group.Spawn(async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    cancelled = true;
                    await gate.Task;
                }
            });
            await Task.Yield();
            throw new FormatException();
        });
        await Wait.Until(() => cancelled);
        Assert.False(run.IsCompleted);
        gate.SetResult();
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public async Task Keeps_the_failure_of_the_body_and_of_the_cleanup_it_caused()
    {
        var body = new FormatException();
        var cleanup = new ArithmeticException();
        var run = TaskGroup.RunAsync(group =>
        {
            group.Spawn(async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    throw cleanup;
                }
            });
            throw body;
        });
        Assert.Same(body, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Equal(new Exception[] { body, cleanup }, run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Keeps_a_childs_failure_and_what_the_body_throws_after_it()
    {
        var child = new FormatException();
        var body = new ArithmeticException();
        var run = TaskGroup.RunAsync(async group =>
        {
            group.Spawn(_ => throw child);
            await Task.Yield();
            throw body;
        });
        Assert.Same(child, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Equal(new Exception[] { child, body }, run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Counts_a_failure_once_when_the_body_awaits_the_failed_child()
    {
        var failure = new FormatException();
        var run = TaskGroup.RunAsync(async group =>
        {
            var child = group.Run(async _ =>
            {
                await Task.Yield();
                throw failure;
            });
            await child;
        });
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Single(run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Counts_equal_exceptions_that_are_not_the_same_twice()
    {
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => throw new EqualException());
                group.Spawn(_ => throw new EqualException());
            },
            TaskGroupOptions.Collect);
        await Assert.ThrowsAsync<EqualException>(() => run.Soon());
        Assert.Equal(2, run.Exception!.InnerExceptions.Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Removes_duplicates_among_many_failures(int count)
    {
        var failures = Enumerable.Range(0, count).Select(i => new FormatException($"{i}")).ToArray();
        var run = TaskGroup.RunAsync(
            group =>
            {
                foreach (var failure in failures.Concat(failures))
                    group.Spawn(_ => throw failure);
            },
            TaskGroupOptions.Collect);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(failures, run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Carries_all_failures_of_a_child_that_has_several()
    {
        var failures = new Exception[] { new FormatException(), new ArithmeticException() };
        var several = new TaskCompletionSource();
        several.SetException(failures);
        var run = TaskGroup.RunAsync(group => group.Track(several.Task));
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(failures, run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task A_cancellation_that_is_not_the_groups_is_a_failure()
    {
        var timeout = new TaskCanceledException("The request timed out.");
        var siblingCancelled = false;
        var run = TaskGroup.RunAsync(group =>
        {
            group.Spawn(async ct =>
            {
                try
                {
                    await ct.UntilCancelled();
                }
                finally
                {
                    siblingCancelled = true;
                }
            });
            group.Spawn(async _ =>
            {
                await Task.Yield();
                throw timeout;
            });
        });
        Assert.Same(timeout, await Assert.ThrowsAsync<TaskCanceledException>(() => run.Soon()));
        Assert.True(run.IsFaulted);
        Assert.True(siblingCancelled);
    }

    [Fact]
    public async Task A_cancellation_of_the_body_that_is_not_the_groups_is_a_failure()
    {
        var timeout = new TaskCanceledException("The request timed out.");
        var run = TaskGroup.RunAsync(async _ =>
        {
            await Task.Yield();
            throw timeout;
        });
        Assert.Same(timeout, await Assert.ThrowsAsync<TaskCanceledException>(() => run.Soon()));
        Assert.True(run.IsFaulted);
    }

    [Fact]
    public async Task A_faulted_task_that_holds_a_cancellation_is_benign_in_a_cancelled_group()
    {
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group =>
        {
            group.Track(gate.Task);
            group.Cancel();
        });
        gate.SetException(new OperationCanceledException());
        await run.Soon();
    }

    [Fact]
    public async Task A_faulted_task_that_holds_a_cancellation_never_looks_like_success()
    {
        using var outer = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group => group.Track(gate.Task), outer.Token);
        outer.Cancel();
        gate.SetException(new OperationCanceledException());
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task TaskGroup_CrashCancelsOthersAndBody()
    {
        var reached = 0;
        var failures = Enumerable.Range(0, 3).Select(i => new FormatException($"{i}")).ToArray();
        var start = new TaskCompletionSource();
        var bodyCancelled = false;
        var run = TaskGroup.RunAsync(
            async group =>
            {
                foreach (var failure in failures)
                {
                    group.Spawn(async _ =>
                    {
                        await start.Task;
                        throw failure;
                    });
                }
                group.Spawn(async ct =>
                {
                    await ct.UntilCancelled();
                    reached++;
                });
                start.SetResult();
                try
                {
                    await group.CancellationToken.UntilCancelled();
                }
                finally
                {
                    bodyCancelled = true;
                }
            });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(0, reached);
        Assert.True(bodyCancelled);
        Assert.Equal(3, run.Exception!.InnerExceptions.Count);
    }

    [Fact]
    public async Task TaskGroup_NestedErrors()
    {
        var inner = new FormatException();
        var run = TaskGroup.RunAsync(outer => outer.Spawn(outerToken => TaskGroup.RunAsync(
            group => group.Spawn(async _ =>
            {
                await Task.Yield();
                throw inner;
            }),
            outerToken)));
        Assert.Same(inner, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Single(run.Exception!.InnerExceptions);

        var cancelled = false;
        var crash = new ArithmeticException();
        run = TaskGroup.RunAsync(outer =>
        {
            outer.Spawn(outerToken => TaskGroup.RunAsync(
                group => group.Spawn(async ct =>
                {
                    try
                    {
                        await ct.UntilCancelled();
                    }
                    finally
                    {
                        cancelled = true;
                    }
                }),
                outerToken));
            outer.Spawn(_ => throw crash);
        });
        Assert.Same(crash, await Assert.ThrowsAsync<ArithmeticException>(() => run.Soon()));
        Assert.Single(run.Exception!.InnerExceptions);
        Assert.True(cancelled);
    }

    [Fact]
    public async Task TaskGroup_BodyReplacesCancellation()
    {
        var mine = new FormatException();
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            async group =>
            {
                try
                {
                    await group.CancellationToken.UntilCancelled();
                }
                catch (OperationCanceledException)
                {
                    throw mine;
                }
            },
            outer.Token);
        outer.Cancel();
        Assert.Same(mine, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
    }

    [Fact]
    public async Task TaskGroup_CancelAndCrashTogether()
    {
        var crash = new FormatException();
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(ct => ct.UntilCancelled());
                group.Spawn(async ct =>
                {
                    try
                    {
                        await ct.UntilCancelled();
                    }
                    catch (OperationCanceledException)
                    {
                        throw crash;
                    }
                });
            },
            outer.Token);
        outer.Cancel();
        Assert.Same(crash, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Single(run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task TaskGroup_Hydra()
    {
        var spawned = 0;
        var run = TaskGroup.RunAsync(group =>
        {
            async Task Head(CancellationToken ct)
            {
                var count = Interlocked.Increment(ref spawned);
                await Task.Yield();
                if (count == 500)
                    throw new FormatException();
                ct.ThrowIfCancellationRequested();
                group.Spawn(Head);
                group.Spawn(Head);
            }

            group.Spawn(Head);
        });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Single(run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task What_callbacks_of_the_token_throw_are_failures_of_the_group()
    {
        var crash = new FormatException();
        var first = new ArithmeticException();
        var second = new InvalidTimeZoneException();
        var run = TaskGroup.RunAsync(group =>
        {
            group.CancellationToken.Register(() => throw second);
            group.CancellationToken.Register(() => throw first);
            group.Spawn(_ => throw crash);
        });
        Assert.Same(crash, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Equal(new Exception[] { crash, first, second }, run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task Cancel_does_not_throw_what_callbacks_throw()
    {
        var run = TaskGroup.RunAsync(group =>
        {
            group.CancellationToken.Register(() => throw new FormatException());
            group.Cancel();
        });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Aggregate_mode_always_throws_one_aggregate(int count)
    {
        var failures = Enumerable.Range(0, count).Select(i => new FormatException($"{i}")).ToArray();
        var options = TaskGroupOptions.Collect;
        options.ExceptionMode = TaskGroupExceptionMode.Aggregate;
        var run = TaskGroup.RunAsync(
            group =>
            {
                foreach (var failure in failures)
                    group.Spawn(_ => throw failure);
            },
            options);
        var aggregate = await Assert.ThrowsAsync<AggregateException>(() => run.Soon());
        Assert.Equal(failures, aggregate.InnerExceptions);
    }

    [Fact]
    public async Task Aggregate_mode_leaves_cancellation_as_it_is()
    {
        using var outer = new CancellationTokenSource();
        var run = TaskGroup.RunAsync(
            group => group.Spawn(ct => ct.UntilCancelled()),
            new TaskGroupOptions { ExceptionMode = TaskGroupExceptionMode.Aggregate },
            outer.Token);
        outer.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    private sealed class EqualException : Exception
    {
        public override bool Equals(object? obj) => obj is EqualException;

        public override int GetHashCode() => 1;
    }
}
