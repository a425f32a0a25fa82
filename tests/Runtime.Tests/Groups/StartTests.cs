using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>How the body and children begin, and who waits for them.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Begins_children_inline_up_to_their_first_await()
    {
        var trace = new List<string>();
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group =>
        {
            group.Spawn(async _ =>
            {
                trace.Add("a");
                await gate.Task;
            });
            trace.Add("between");
            group.Spawn(async _ =>
            {
                trace.Add("b");
                await gate.Task;
            });
            trace.Add("body");
        });
        Assert.Equal(["a", "between", "b", "body"], trace);
        gate.SetResult();
        await run.Soon();
    }

    [Fact]
    public async Task Waits_for_children_that_the_body_does_not_await()
    {
        var gate = new TaskCompletionSource();
        var ended = false;
        var run = TaskGroup.RunAsync(group => group.Spawn(async _ =>
        {
            await gate.Task;
            ended = true;
        }));
        Assert.False(run.IsCompleted);
        gate.SetResult();
        await run.Soon();
        Assert.True(ended);
    }

    [Fact]
    public async Task A_caller_that_blocks_its_context_waits_for_work_that_avoids_it_and_not_for_ever()
    {
        await Pump.RunAsync(_ =>
        {
            // The body ends elsewhere; then the service and the resource do.
            TaskGroup.RunAsync(async group =>
            {
                group.RunService(ServeAsync);
                group.Own(new Elsewhere());
                await Task.Run(() => { }).ConfigureAwait(false);
            }).Block();
            CancelScope.RunAsync(async _ => await Task.Run(() => { }).ConfigureAwait(false)).Block();
            // The body ends here, and with it begins their end.
            TaskGroup.RunAsync(group =>
            {
                group.RunService(ServeAsync);
                group.Own(new Elsewhere());
            }).Block();
            TaskGroup.RunAsync(group => group.Own(new Elsewhere())).Block();
            return Task.CompletedTask;
        });

        static async Task ServeAsync(CancellationToken token)
        {
            await token.UntilCancelled().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Run(() => { }).ConfigureAwait(false);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Every_child_gets_the_groups_own_token_and_not_one_linked_to_it(int limit)
    {
        using var outer = new CancellationTokenSource();
        var tokens = new ConcurrentBag<CancellationToken>();
        await TaskGroup.RunAsync(
            async group =>
            {
                // In a full group each of them but the first has to queue.
                group.Spawn(NoteAsync);
                group.Spawn(NoteAsync, "named");
                _ = group.Run(NoteAsync);
                _ = group.Run(NoteValueAsync);
                await group.SpawnAsync(NoteAsync);
                group.SpawnOnThreadPool(tokens.Add);
                _ = group.RunOnThreadPool(tokens.Add);
                _ = group.RunOnThreadPool(token => Note(token));
                await group.StartAsync<int>((started, token) =>
                {
                    started.SetStarted(1);
                    return NoteAsync(token);
                });
                Assert.Equal(group.CancellationToken, Assert.Single(tokens.Distinct()));
                Assert.NotEqual(outer.Token, group.CancellationToken);
            },
            new TaskGroupOptions { MaxConcurrency = limit },
            outer.Token).Soon();
        Assert.Single(tokens.Distinct());
        Assert.Equal(9, tokens.Count);

        tokens.Clear();
        await TaskGroup.ForEachAsync([1, 2, 3], (_, token) => NoteAsync(token), limit, outer.Token).Soon();
        Assert.Single(tokens.Distinct());
        tokens.Clear();
        await TaskGroup.WhenAllAsync(NoteAsync, NoteAsync, NoteAsync, outer.Token).Soon();
        Assert.Single(tokens.Distinct());

        async Task NoteAsync(CancellationToken token)
        {
            tokens.Add(token);
            await Task.Yield();
        }

        async Task<int> NoteValueAsync(CancellationToken token)
        {
            await NoteAsync(token);
            return 1;
        }

        int Note(CancellationToken token)
        {
            tokens.Add(token);
            return 1;
        }
    }

    [Fact]
    public async Task TaskGroup_ValuesAfterExit()
    {
        Task<int>? first = null;
        Task<int>? second = null;
        await TaskGroup.RunAsync(async group =>
        {
            first = group.Run(async _ =>
            {
                await Task.Yield();
                return 42;
            });
            await Task.Yield();
            second = group.Run(_ => Task.FromResult(11));
        }).Soon();
        Assert.Equal(42, await first!);
        Assert.Equal(11, await second!);
    }

    [Fact]
    public async Task Returns_the_value_of_the_body_after_the_children_have_ended()
    {
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group =>
        {
            group.Spawn(_ => gate.Task);
            return Task.FromResult(7);
        });
        Assert.False(run.IsCompleted);
        gate.SetResult();
        Assert.Equal(7, await run.Soon());
    }

    [Fact]
    public async Task Runs_an_empty_group()
    {
        await TaskGroup.RunAsync(_ => { });
        await TaskGroup.RunAsync(_ => Task.CompletedTask);
        Assert.Equal(3, await TaskGroup.RunAsync(_ => Task.FromResult(3)));
    }

    [Fact]
    public async Task Spawn_IntoCancelledGroup_StartsThenCancels()
    {
        var started = new List<string>();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var run = TaskGroup.RunAsync(
            async group =>
            {
                started.Add("body");
                group.Spawn(async ct =>
                {
                    started.Add("child");
                    await ct.UntilCancelled();
                    started.Add("not reached");
                });
                await group.CancellationToken.UntilCancelled();
            },
            cancelled.Token);
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(["body", "child"], started);
        Assert.Equal(cancelled.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Gives_what_work_throws_at_once_to_the_child()
    {
        var failure = new FormatException();
        Task? handle = null;
        var run = TaskGroup.RunAsync(group =>
        {
            handle = group.Run(_ => throw failure);
        });
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => handle!));
    }

    [Fact]
    public async Task Gives_what_work_with_a_value_throws_at_once_to_the_child()
    {
        var failure = new FormatException();
        Task<int>? handle = null;
        var run = TaskGroup.RunAsync(group =>
        {
            handle = group.Run<int>(_ => throw failure);
        });
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => run.Soon()));
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => handle!));
    }

    [Fact]
    public async Task Treats_a_null_task_as_the_failure_of_the_child()
    {
        var run = TaskGroup.RunAsync(group => group.Spawn(_ => null!));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => run.Soon());
        Assert.Contains("null", exception.Message);
    }

    [Fact]
    public async Task Gives_what_the_body_throws_at_once_to_the_task()
    {
        var failure = new FormatException();
        var run = TaskGroup.RunAsync((Func<TaskGroup, Task>)(_ => throw failure));
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => run));
        var action = TaskGroup.RunAsync((Action<TaskGroup>)(_ => throw failure));
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => action));
        var value = TaskGroup.RunAsync<int>(_ => throw failure);
        Assert.Same(failure, await Assert.ThrowsAsync<FormatException>(() => value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keeps_changes_of_async_locals_inside_a_child_that_is_not_async(bool suppressed)
    {
        var local = new AsyncLocal<string> { Value = "outside" };
        await TaskGroup.RunAsync(group =>
        {
            using (suppressed ? ExecutionContext.SuppressFlow() : default(IDisposable))
            {
                group.Spawn(_ =>
                {
                    Assert.Equal("outside", local.Value);
                    local.Value = "inside";
                    return Task.CompletedTask;
                });
            }
            Assert.Equal("outside", local.Value);
        }).Soon();
        Assert.Equal("outside", local.Value);
    }

    [Fact]
    public async Task Keeps_changes_of_async_locals_inside_the_body()
    {
        var local = new AsyncLocal<string> { Value = "outside" };
        await TaskGroup.RunAsync(_ => { local.Value = "inside"; });
        Assert.Equal("outside", local.Value);
    }

    [Fact]
    public async Task Group_ClosureRules()
    {
        TaskGroup? kept = null;
        var late = false;
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group =>
        {
            kept = group;
            group.Spawn(async _ =>
            {
                await gate.Task;
                group.Spawn(async _ =>
                {
                    await Task.Yield();
                    late = true;
                });
            });
        });
        gate.SetResult();
        await run.Soon();
        Assert.True(late);
        var exception = Assert.Throws<InvalidOperationException>(() => kept!.Spawn(_ => Task.CompletedTask));
        Assert.Contains("has ended", exception.Message);
        AtOnce.Throws<InvalidOperationException>(() => kept!.Run(_ => Task.CompletedTask));
        AtOnce.Throws<InvalidOperationException>(() => kept!.Run(_ => Task.FromResult(1)));
        Assert.Throws<InvalidOperationException>(() => kept!.Track(Task.CompletedTask));
        Assert.Throws<InvalidOperationException>(() => kept!.SpawnOnThreadPool(_ => { }));
        AtOnce.Throws<InvalidOperationException>(() => kept!.SpawnAsync(_ => Task.CompletedTask));
    }

    [Fact]
    public async Task TaskGroup_SpawnFromRootChildOnly()
    {
        var ended = 0;
        await TaskGroup.RunAsync(group => group.Spawn(async _ =>
        {
            await Task.Yield();
            for (var i = 0; i < 2; i++)
            {
                group.Spawn(async _ =>
                {
                    await Task.Yield();
                    Interlocked.Increment(ref ended);
                });
            }
        })).Soon();
        Assert.Equal(2, ended);
    }

    [Fact]
    public async Task Counts_children_and_tracked_tasks_but_not_the_body()
    {
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(async group =>
        {
            Assert.Equal(0, group.RunningCount);
            var child = group.Run(_ => gate.Task);
            Assert.Equal(1, group.RunningCount);
            group.Track(gate.Task);
            Assert.Equal(2, group.RunningCount);
            Assert.Equal(0, group.QueuedCount);
            gate.SetResult();
            await child;
            await Wait.Until(() => group.RunningCount == 0);
        }).Soon();
    }

    [Fact]
    public async Task Has_no_children_once_it_has_ended()
    {
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(async group =>
        {
            kept = group;
            group.Spawn(async _ => await Task.Yield());
            await Task.Yield();
        }).Soon();
        Assert.Equal(0, kept!.RunningCount);
    }

    [Fact]
    public async Task Runs_synchronous_children_on_the_thread_pool()
    {
        var spawned = false;
        await Pump.RunAsync(async _ =>
        {
            Task<bool>? value = null;
            Task? plain = null;
            var onPool = false;
            await TaskGroup.RunAsync(group =>
            {
                group.SpawnOnThreadPool(_ => spawned = Thread.CurrentThread.IsThreadPoolThread);
                plain = group.RunOnThreadPool(_ => { onPool = Thread.CurrentThread.IsThreadPoolThread; });
                value = group.RunOnThreadPool(_ => Thread.CurrentThread.IsThreadPoolThread);
            });
            Assert.True(spawned);
            Assert.True(plain!.IsCompletedSuccessfully);
            Assert.True(onPool);
            Assert.True(await value!);
        });
    }

    [Fact]
    public async Task Starts_pool_work_even_in_a_cancelled_group_and_ends_it_as_canceled()
    {
        var started = false;
        Task? handle = null;
        await TaskGroup.RunAsync(group =>
        {
            group.Cancel();
            handle = group.RunOnThreadPool(ct =>
            {
                started = true;
                ct.ThrowIfCancellationRequested();
            });
        }).Soon();
        Assert.True(started);
        Assert.True(handle!.IsCanceled);
    }

    [Fact]
    public async Task Fails_with_what_pool_work_throws()
    {
        var run = TaskGroup.RunAsync(group => group.SpawnOnThreadPool(_ => throw new FormatException()));
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public async Task Stays_on_the_context_of_the_caller()
    {
        await Pump.RunAsync(async pump =>
        {
            await TaskGroup.RunAsync(async group =>
            {
                group.Spawn(async _ =>
                {
                    Assert.True(pump.IsCurrent);
                    await Task.Yield();
                    Assert.True(pump.IsCurrent);
                });
                await Task.Yield();
                Assert.True(pump.IsCurrent);
            });
            Assert.True(pump.IsCurrent);
        });
    }

    [Fact]
    public async Task Adopts_a_hot_task()
    {
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(group => group.Track(gate.Task));
        Assert.False(run.IsCompleted);
        gate.SetException(new FormatException());
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public void Rejects_null()
    {
        AtOnce.Throws<ArgumentNullException>("body", () => TaskGroup.RunAsync((Func<TaskGroup, Task>)null!));
        AtOnce.Throws<ArgumentNullException>("body", () => TaskGroup.RunAsync((Action<TaskGroup>)null!));
        AtOnce.Throws<ArgumentNullException>("body", () => TaskGroup.RunAsync((Func<TaskGroup, Task<int>>)null!));
        AtOnce.Throws<ArgumentNullException>("options", () => TaskGroup.RunAsync(_ => { }, null!));
        AtOnce.Throws<ArgumentNullException>("options", () => TaskGroup.Open(null!));
        var group = TaskGroup.Open();
        Assert.Throws<ArgumentNullException>("work", () => group.Spawn(null!));
        AtOnce.Throws<ArgumentNullException>("work", () => group.Run(null!));
        AtOnce.Throws<ArgumentNullException>("work", () => group.Run<int>(null!));
        AtOnce.Throws<ArgumentNullException>("work", () => group.SpawnAsync(null!));
        Assert.Throws<ArgumentNullException>("work", () => group.SpawnOnThreadPool(null!));
        AtOnce.Throws<ArgumentNullException>("work", () => group.RunOnThreadPool(null!));
        AtOnce.Throws<ArgumentNullException>("work", () => group.RunOnThreadPool<int>(null!));
        Assert.Throws<ArgumentNullException>("task", () => group.Track(null!));
        Assert.Throws<ArgumentNullException>("exception", () => group.Fail(null!));
        Assert.True(group.CompleteAsync().IsCompletedSuccessfully);
    }

    /// <summary>A resource whose disposal ends on another thread.</summary>
    private sealed class Elsewhere : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.Run(() => { }).ConfigureAwait(false);
    }
}
