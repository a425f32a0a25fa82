using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>What happens in a group with a limit.</summary>
public sealed class QueueTests
{
    private static TaskGroupOptions One => new() { MaxConcurrency = 1 };

    /// <summary>Every way to start a child that takes a place.</summary>
    public static TheoryData<string> Kinds => new(s_kinds.Keys);

    private static readonly Dictionary<string, Func<TaskGroup, Task>> s_kinds = new()
    {
        [nameof(TaskGroup.Spawn)] = group => Call(() => group.Spawn(async _ => await Task.Yield())),
        [nameof(TaskGroup.Run)] = group => group.Run(async _ => await Task.Yield()),
        ["Run with a value"] = group => group.Run(async _ => await Task.Run(() => 1)),
        [nameof(TaskGroup.SpawnAsync)] = group => group.SpawnAsync(async _ => await Task.Yield()).AsTask(),
        [nameof(TaskGroup.SpawnOnThreadPool)] = group => Call(() => group.SpawnOnThreadPool(_ => { })),
        [nameof(TaskGroup.RunOnThreadPool)] = group => group.RunOnThreadPool(_ => { }),
        ["RunOnThreadPool with a value"] = group => group.RunOnThreadPool(_ => 1),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_child_of_any_kind_gives_its_place_back(string kind)
    {
        var ended = false;
        await TaskGroup.RunAsync(
            async group =>
            {
                var first = s_kinds[kind](group);
                var second = s_kinds[kind](group);
                group.Spawn(_ =>
                {
                    ended = true;
                    return Task.CompletedTask;
                });
                await Task.WhenAll(first, second);
            },
            One).Soon();
        Assert.True(ended);
    }

    [Fact]
    public async Task A_place_that_is_freed_on_a_childs_way_to_the_queue_is_its_own()
    {
        await TaskGroup.RunAsync(group =>
        {
            var slots = new SlotQueue(1);
            var child = new QueuedChild(group, _ => Task.CompletedTask, "child");
            Assert.Equal(SlotQueue.Place.Free, slots.Add(child, group));
            Assert.Equal((1, 0), (slots.Taken, slots.WaitingCount));
            Assert.Equal(SlotQueue.Place.Queued, slots.Add(child, group));
            Assert.Equal((1, 1), (slots.Taken, slots.WaitingCount));
        });
    }

    [Fact]
    public async Task A_child_that_is_dropped_on_its_way_to_its_place_gives_it_back()
    {
        await Pump.RunAsync(async _ =>
        {
            var started = false;
            await TaskGroup.RunAsync(
                async group =>
                {
                    var gate = new TaskCompletionSource();
                    group.Spawn(_ => gate.Task);
                    var dropped = group.Run(_ => Task.CompletedTask);
                    gate.SetResult();
                    WaitUntilPosted(group);
                    group.Cancel();
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped);
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await group.SpawnAsync(_ =>
                    {
                        started = true;
                        return Task.CompletedTask;
                    }));
                },
                One);
            Assert.True(started);
        });

        static void WaitUntilPosted(TaskGroup group) => SpinWait.SpinUntil(() => group.QueuedCount == 0);
    }

    [Fact]
    public async Task Queues_what_has_no_place_and_starts_it_in_order()
    {
        var started = new List<int>();
        var gates = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource()).ToArray();
        await TaskGroup.RunAsync(
            async group =>
            {
                for (var i = 0; i < 4; i++)
                {
                    var index = i;
                    group.Spawn(_ =>
                    {
                        lock (started)
                            started.Add(index);
                        return gates[index].Task;
                    });
                }
                Assert.Equal([0], started);
                Assert.Equal(1, group.RunningCount);
                Assert.Equal(3, group.QueuedCount);
                for (var i = 0; i < 4; i++)
                {
                    await Wait.Until(() => group.QueuedCount == 3 - i && group.RunningCount == 1);
                    await Wait.Until(() => started.Count == i + 1);
                    gates[i].SetResult();
                }
            },
            One).Soon();
        Assert.Equal([0, 1, 2, 3], started);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Never_runs_more_than_the_limit(int limit)
    {
        var running = 0;
        var most = 0;
        var total = 0;
        async Task Work(CancellationToken ct)
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref total);
        }

        await TaskGroup.RunAsync(
            async group =>
            {
                for (var i = 0; i < 100; i++)
                {
                    group.Spawn(Work);
                    _ = group.Run(Work);
                    group.SpawnOnThreadPool(ct =>
                    {
                        InterlockedMax(ref most, Interlocked.Increment(ref running));
                        Interlocked.Decrement(ref running);
                        Interlocked.Increment(ref total);
                    });
                    await group.SpawnAsync(Work);
                }
            },
            new TaskGroupOptions { MaxConcurrency = limit }).Soon();
        Assert.Equal(400, total);
        Assert.InRange(most, 1, limit);
    }

    [Fact]
    public async Task A_queued_child_ends_its_handle_as_itself()
    {
        var gate = new TaskCompletionSource();
        var several = new TaskCompletionSource<int>();
        var failures = new Exception[] { new FormatException(), new ArithmeticException() };
        several.SetException(failures);
        var canceled = new TaskCanceledException("mine");
        Task<int>? value = null, faulted = null, foreign = null, thrown = null;
        Task? plain = null;
        var options = One;
        options.FailureMode = TaskGroupFailureMode.Collect;
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                value = group.Run(_ => Task.FromResult(3));
                plain = group.Run(async _ => await Task.Yield());
                faulted = group.Run(_ => several.Task);
                foreign = group.Run<int>(async _ =>
                {
                    await Task.Yield();
                    throw canceled;
                });
                thrown = group.Run<int>(_ => throw canceled);
            },
            options);
        Assert.False(value!.IsCompleted);
        gate.SetResult();
        await run.Ended();
        Assert.Equal(3, await value);
        await plain!;
        Assert.Equal(failures, faulted!.Exception!.InnerExceptions);
        Assert.Same(canceled, await Assert.ThrowsAsync<TaskCanceledException>(() => foreign!));
        Assert.Same(canceled, await Assert.ThrowsAsync<TaskCanceledException>(() => thrown!));
        Assert.True(foreign!.IsCanceled);
        Assert.Equal([.. failures, canceled], run.Exception!.InnerExceptions);
    }

    [Fact]
    public async Task A_running_child_ends_its_handle_as_itself()
    {
        var gate = new TaskCompletionSource();
        var failures = new Exception[] { new FormatException(), new ArithmeticException() };
        var several = new TaskCompletionSource<int>();
        var canceled = new TaskCanceledException("mine");
        Task<int>? value = null, faulted = null, foreign = null;
        Task? plain = null;
        var run = TaskGroup.RunAsync(
            group =>
            {
                plain = group.Run(_ => gate.Task);
                faulted = group.Run(_ => several.Task);
                value = group.Run(async _ =>
                {
                    await gate.Task;
                    return 3;
                });
                foreign = group.Run<int>(async _ =>
                {
                    await gate.Task;
                    throw canceled;
                });
            },
            TaskGroupOptions.Collect);
        Assert.False(value!.IsCompleted);
        several.SetException(failures);
        gate.SetResult();
        await run.Ended();
        Assert.Equal(3, await value);
        await plain!;
        // Of several failures of one child its handle has the first; the group has all.
        Assert.Same(failures[0], Assert.Single(faulted!.Exception!.InnerExceptions));
        Assert.Same(canceled, await Assert.ThrowsAsync<TaskCanceledException>(() => foreign!));
        Assert.True(foreign!.IsCanceled);
        Assert.Equal(new HashSet<Exception>([.. failures, canceled]), [.. run.Exception!.InnerExceptions]);
    }

    [Fact]
    public async Task A_place_is_free_before_the_caller_goes_on_with_the_handle()
    {
        var gate = new TaskCompletionSource();
        var started = false;
        var run = TaskGroup.RunAsync(
            async group =>
            {
                await group.Run(_ => gate.Task);
                group.Spawn(_ =>
                {
                    started = true;
                    return Task.CompletedTask;
                });
                Assert.True(started);
            },
            One);
        gate.SetResult();
        await run.Soon();
    }

    [Fact]
    public async Task Does_not_start_queued_children_after_a_failure()
    {
        var started = 0;
        Task? dropped = null;
        Task<int>? droppedValue = null;
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(async _ =>
                {
                    await gate.Task;
                    throw new FormatException();
                });
                dropped = group.Run(_ => Task.FromResult(started++));
                droppedValue = group.Run(_ => Task.FromResult(started++));
                group.Spawn(_ => Task.FromResult(started++));
                group.SpawnOnThreadPool(_ => started++);
            },
            One);
        gate.SetResult();
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Single(run.Exception!.InnerExceptions);
        Assert.Equal(0, started);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dropped!);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => droppedValue!);
    }

    [Fact]
    public async Task In_a_cancelled_group_a_child_with_a_place_starts_and_a_queued_one_is_dropped()
    {
        var started = new List<string>();
        var gate = new TaskCompletionSource();
        Task? second = null;
        await TaskGroup.RunAsync(
            group =>
            {
                group.Cancel();
                group.Spawn(ct =>
                {
                    started.Add("first");
                    return gate.Task;
                });
                second = group.Run(ct =>
                {
                    started.Add("second");
                    return Task.CompletedTask;
                });
                Assert.True(second.IsCanceled);
                gate.SetResult();
            },
            One).Soon();
        Assert.Equal(["first"], started);
    }

    [Fact]
    public async Task A_queued_child_is_dropped_at_once_and_not_when_it_would_get_its_place()
    {
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                var queued = group.Run(_ => Task.CompletedTask);
                group.Cancel();
                Assert.Equal(0, group.QueuedCount);
                Assert.True(queued.IsCanceled);
                gate.SetResult();
            },
            One).Soon();
    }

    [Fact]
    public async Task Dropping_a_queued_child_is_cutting_short()
    {
        using var outer = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                group.Spawn(_ => Task.CompletedTask);
            },
            One,
            outer.Token);
        outer.Cancel();
        gate.SetResult();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        Assert.Equal(outer.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Tracked_tasks_take_no_place()
    {
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                group.Track(gate.Task);
                group.Spawn(_ => gate.Task);
                Assert.Equal(2, group.RunningCount);
                Assert.Equal(0, group.QueuedCount);
                gate.SetResult();
            },
            One).Soon();
    }

    [Fact]
    public async Task SpawnAsync_waits_for_a_place_and_for_the_synchronous_part()
    {
        var gate = new TaskCompletionSource();
        var started = false;
        await TaskGroup.RunAsync(
            async group =>
            {
                var first = group.SpawnAsync(_ => gate.Task);
                Assert.True(first.IsCompletedSuccessfully);
                await first;
                var second = group.SpawnAsync(async _ =>
                {
                    started = true;
                    await Task.Yield();
                });
                Assert.False(second.IsCompleted);
                Assert.Equal(1, group.QueuedCount);
                gate.SetResult();
                await second;
                Assert.True(started);
            },
            One).Soon();
    }

    [Fact]
    public async Task SpawnAsync_in_an_unbounded_group_starts_inline()
    {
        await TaskGroup.RunAsync(async group =>
        {
            var started = false;
            var spawning = group.SpawnAsync(async _ =>
            {
                started = true;
                await Task.Yield();
            });
            Assert.True(started);
            Assert.True(spawning.IsCompletedSuccessfully);
            await spawning;
        }).Soon();
    }

    [Fact]
    public async Task A_waiting_SpawnAsync_is_not_dropped_but_starts_its_child_and_ends_as_canceled()
    {
        var gate = new TaskCompletionSource();
        var sawCancelledToken = false;
        Task? spawning = null;
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                spawning = group.SpawnAsync(ct =>
                {
                    sawCancelledToken = ct.IsCancellationRequested;
                    return Task.CompletedTask;
                }).AsTask();
                group.Cancel();
                Assert.False(spawning.IsCompleted);
                Assert.Equal(1, group.QueuedCount);
            },
            One);
        gate.SetResult();
        await run.Soon();
        Assert.True(sawCancelledToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => spawning!.Soon());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task SpawnAsync_in_a_cancelled_group_starts_its_child_and_ends_as_canceled(int limit)
    {
        var started = false;
        await TaskGroup.RunAsync(
            async group =>
            {
                group.Cancel();
                var spawning = group.SpawnAsync(_ =>
                {
                    started = true;
                    return Task.CompletedTask;
                });
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await spawning);
            },
            new TaskGroupOptions { MaxConcurrency = limit }).Soon();
        Assert.True(started);
    }

    [Fact]
    public async Task A_spawning_loop_stops_when_the_group_fails()
    {
        var started = 0;
        var run = TaskGroup.RunAsync(
            async group =>
            {
                while (true)
                {
                    await group.SpawnAsync(async _ =>
                    {
                        var count = Interlocked.Increment(ref started);
                        await Task.Yield();
                        if (count == 10)
                            throw new FormatException();
                    });
                }
            },
            new TaskGroupOptions { MaxConcurrency = 1 });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Single(run.Exception!.InnerExceptions);
        // One that waited for the place of the tenth starts, under the cancelled token.
        Assert.InRange(started, 10, 11);
    }

    [Fact]
    public async Task A_queued_child_starts_on_the_synchronization_context_of_its_spawn()
    {
        await Pump.RunAsync(async pump =>
        {
            var local = new AsyncLocal<string> { Value = "body" };
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var onPump = false;
            string? seen = null;
            await TaskGroup.RunAsync(
                async group =>
                {
                    group.Spawn(_ => gate.Task);
                    local.Value = "spawn";
                    group.Spawn(_ =>
                    {
                        onPump = pump.IsCurrent;
                        seen = local.Value;
                        local.Value = "child";
                        return Task.CompletedTask;
                    });
                    local.Value = "after";
                    await Task.Run(gate.SetResult);
                },
                One);
            Assert.True(onPump);
            Assert.Equal("spawn", seen);
        });
    }

    [Fact]
    public async Task A_queued_child_starts_on_the_task_scheduler_of_its_spawn()
    {
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        TaskScheduler? seen = null;
        var gate = new TaskCompletionSource();
        TaskGroup? group = null;
        await Task.Factory.StartNew(
            () =>
            {
                group = TaskGroup.Open(One);
                group.Spawn(_ => gate.Task);
                group.Spawn(_ =>
                {
                    seen = TaskScheduler.Current;
                    return Task.CompletedTask;
                });
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            scheduler).Soon();
        gate.SetResult();
        await group!.CompleteAsync().Soon();
        Assert.Same(scheduler, seen);
    }

    [Fact]
    public async Task A_queued_child_whose_context_takes_no_more_work_fails()
    {
        Task? handle = null;
        Task? value = null;
        var started = false;
        var gate = new TaskCompletionSource();
        TaskGroup? group = null;
        await Pump.RunAsync(pump =>
        {
            var options = TaskGroupOptions.Collect;
            options.MaxConcurrency = 1;
            group = TaskGroup.Open(options);
            group.Spawn(_ => gate.Task);
            handle = group.Run(_ => Task.FromResult(started = true));
            value = group.Run<bool>(_ => Task.FromResult(started = true));
            for (var i = 0; i < 10_000; i++)
                group.Spawn(_ => Task.FromResult(started = true));
            pump.IsClosed = true;
            return Task.CompletedTask;
        });
        gate.SetResult();
        var completion = group!.CompleteAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => completion.Soon());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => handle!);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => value!);
        Assert.Equal(10_002, completion.Exception!.InnerExceptions.Count);
        Assert.False(started);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        var seen = Volatile.Read(ref target);
        while (seen < value)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    private static Task Call(Action start)
    {
        start();
        return Task.CompletedTask;
    }
}
