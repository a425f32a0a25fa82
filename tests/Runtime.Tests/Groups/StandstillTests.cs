using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Full groups whose children wait for what is queued.</summary>
public sealed class StandstillTests
{
    private readonly ManualClock _clock = new();
    private readonly Reports _reports = new();

    /// <summary>How a child may come to wait for the tasks of queued siblings.</summary>
    public static TheoryData<string> Ways => new(s_ways.Keys);

    private static readonly Dictionary<string, Func<Task<int>, CancellationToken, Task>> s_ways = new()
    {
        ["directly"] = async (sibling, _) => await sibling,
        ["returning it"] = (sibling, _) => sibling,
        ["without a context"] = async (sibling, _) => await sibling.ConfigureAwait(false),
        ["until cancelled"] = (sibling, ct) => sibling.WaitAsync(ct),
        ["with others"] = (sibling, _) => Task.WhenAll(Task.CompletedTask, sibling),
        ["through methods"] = async (sibling, _) => await Outer(sibling),
        ["through a value task"] = async (sibling, _) => await new ValueTask<int>(sibling),
        ["through a continuation"] = (sibling, _) =>
            sibling.ContinueWith(static _ => { }, TaskScheduler.Default),
        ["in a nested group"] = (sibling, ct) =>
            TaskGroup.RunAsync(nested => nested.Spawn(async _ => await sibling), ct),
        ["in the body of a nested group"] = (sibling, ct) => TaskGroup.RunAsync(async _ => await sibling, ct),
        ["in a nested loop"] = (sibling, ct) =>
            TaskGroup.ForEachAsync([sibling], async (item, _) => await item, maxConcurrency: 1, ct),
        ["in a race"] = (sibling, ct) => TaskGroup.RaceAsync<int>([_ => sibling], ct),
        ["in a service"] = (sibling, ct) => TaskGroup.RunAsync(
            nested => nested.RunService(async _ => await sibling),
            ct),
        ["in a scope"] = (sibling, ct) => CancelScope.RunAsync(async _ => await sibling, ct),
        ["in a start"] = (sibling, ct) => TaskGroup.RunAsync(
            async nested => await nested.StartAsync<int>(async (signal, _) => signal.SetStarted(await sibling)),
            ct),
        ["in a child that has started"] = (sibling, ct) => TaskGroup.RunAsync(
            nested =>
            {
                _ = nested.StartAsync<int>(async (signal, _) =>
                {
                    signal.SetStarted(1);
                    await sibling;
                });
            },
            ct),
        ["beside others that wait"] = async (sibling, ct) =>
        {
            _ = sibling.ContinueWith(static _ => { }, TaskScheduler.Default);
            _ = sibling.ContinueWith(static _ => { }, TaskScheduler.Default);
            await sibling;
        },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_queued_sibling_that_can_never_start_is_reported(string way)
    {
        var run = TaskGroup.RunAsync(
            async group =>
            {
                var ready = new TaskCompletionSource<Task<int>>();
                group.Spawn(async ct => await s_ways[way](await ready.Task, ct));
                var queued = group.Run(_ => Task.FromResult(1));
                ready.SetResult(queued);
                _clock.Advance(TimeSpan.FromSeconds(29));
                Assert.Empty(_reports.All);
                _clock.Advance(TimeSpan.FromSeconds(1));
                var (name, exception) = Assert.Single(_reports.All);
                Assert.Equal("crawl", name);
                Assert.IsType<InvalidOperationException>(exception);
                Assert.Contains("'crawl' stands still: the 1 children", exception.Message);
                Assert.Contains("MaxConcurrency", exception.Message);
                group.Cancel();
                await queued.Ended();
            },
            Options(1));
        await run.Soon();
    }

    [Fact]
    public async Task Children_that_all_wait_for_a_place_are_reported()
    {
        await TaskGroup.RunAsync(
            group =>
            {
                var starts = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
                foreach (var start in starts)
                {
                    group.Spawn(async _ =>
                    {
                        await start.Task;
                        await group.SpawnAsync(_ => Task.CompletedTask);
                    });
                }
                Array.ForEach(starts, start => start.SetResult());
                Pass();
                Assert.Contains("the 3 children", Assert.Single(_reports.Exceptions).Message);
                group.Cancel();
            },
            Options(3)).Soon();
    }

    [Fact]
    public async Task Children_that_wait_for_each_other_and_one_of_them_for_a_queued_one_are_reported()
    {
        await TaskGroup.RunAsync(
            group =>
            {
                var ready = new TaskCompletionSource<Task>();
                var first = group.Run(async _ => await await ready.Task);
                group.Spawn(async _ => await first);
                ready.SetResult(group.Run(_ => Task.CompletedTask));
                Pass();
                Assert.Contains("the 2 children", Assert.Single(_reports.Exceptions).Message);
                group.Cancel();
            },
            Options(2)).Soon();
    }

    [Fact]
    public async Task A_child_that_waits_for_a_start_that_waits_for_a_queued_one_is_reported()
    {
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(async _ => await group.StartAsync<int>(
                    async (signal, _) => signal.SetStarted(await group.Run(_ => Task.FromResult(1)))));
                Pass();
                Assert.Single(_reports.All);
                group.Cancel();
            },
            Options(1)).Soon();
    }

    [Fact]
    public async Task Children_on_a_synchronization_context_are_reported()
    {
        await Pump.RunAsync(async _ =>
        {
            await TaskGroup.RunAsync(
                group =>
                {
                    group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                    Pass();
                    Assert.Single(_reports.All);
                    group.Cancel();
                },
                Options(1));
        });
    }

    [Fact]
    public async Task It_is_an_event_too()
    {
        using var events = new Events();
        var options = new TaskGroupOptions
        {
            Name = Guid.NewGuid().ToString(),
            MaxConcurrency = 1,
            TimeProvider = _clock,
        };
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                Pass();
                group.Cancel();
            },
            options).Soon();
        Assert.Contains(events.All, text => text.StartsWith($"UnobservedFailure: {options.Name}"));
    }

    [Fact]
    public async Task It_is_reported_once_until_something_has_moved()
    {
        using var scope = new CancelScope();
        await TaskGroup.RunAsync(
            async group =>
            {
                group.Spawn(_ =>
                {
                    var queued = group.Run(async _ => await group.Run(_ => Task.CompletedTask));
                    return queued.WaitAsync(scope.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                });
                Pass();
                Pass();
                Assert.Single(_reports.All);
                scope.Cancel();
                await Wait.Until(() =>
                {
                    Pass();
                    return _reports.All.Count > 1;
                });
                Pass();
                Assert.Equal(2, _reports.All.Count);
                group.Cancel();
            },
            Options(1)).Soon();
    }

    [Fact]
    public async Task It_is_reported_also_after_a_child_has_given_its_place_back()
    {
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => Task.CompletedTask);
                group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                Pass();
                Assert.Single(_reports.All);
                group.Cancel();
            },
            Options(1)).Soon();
    }

    [Fact]
    public async Task A_child_that_waits_for_a_running_one_stands_still_with_it()
    {
        await TaskGroup.RunAsync(
            group =>
            {
                var first = new TaskCompletionSource<Task>();
                group.Spawn(async _ => await await first.Task);
                first.SetResult(group.Run(async _ => await group.Run(_ => Task.CompletedTask)));
                Pass();
                Assert.Single(_reports.All);
                group.Cancel();
            },
            Options(2)).Soon();
    }

    [Fact]
    public async Task A_group_in_which_one_child_can_go_on_does_not_stand_still()
    {
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                Pass();
                Pass();
                gate.SetResult();
            },
            Options(2)).Soon();
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task A_child_that_waits_for_any_of_several_does_not_stand_still()
    {
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(async _ => await Task.WhenAny(group.Run(_ => Task.CompletedTask), gate.Task));
                group.Spawn(async _ => await Task.WhenAny(
                    group.Run(_ => Task.CompletedTask),
                    gate.Task,
                    group.Run(_ => Task.CompletedTask)));
                Pass();
                Pass();
                gate.SetResult();
            },
            Options(2)).Soon();
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task A_body_that_waits_for_a_place_or_a_queued_child_is_no_standstill()
    {
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            async group =>
            {
                group.Spawn(_ => gate.Task);
                var queued = group.Run(_ => Task.CompletedTask);
                var spawning = group.SpawnAsync(_ => Task.CompletedTask).AsTask();
                var both = Task.WhenAll(queued, spawning);
                Pass();
                Pass();
                gate.SetResult();
                await both;
            },
            Options(1)).Soon();
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task A_group_that_moves_slowly_does_not_stand_still()
    {
        var gates = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        await TaskGroup.RunAsync(
            async group =>
            {
                var tasks = gates.Select(gate => group.Run(_ => gate.Task)).ToArray();
                for (var i = 0; i < 3; i++)
                {
                    Pass();
                    gates[i].SetResult();
                    await tasks[i];
                }
                Pass();
            },
            Options(1)).Soon();
        Assert.Empty(_reports.All);
        Assert.Equal(0, _clock.TimerCount);
    }

    [Fact]
    public async Task It_is_looked_for_again_after_the_queue_was_empty()
    {
        await TaskGroup.RunAsync(
            async group =>
            {
                var gate = new TaskCompletionSource();
                group.Spawn(_ => gate.Task);
                var queued = group.Run(_ => Task.CompletedTask);
                gate.SetResult();
                await queued;
                await Wait.Until(() => group.RunningCount == 0);
                Pass();
                Assert.Equal(0, _clock.TimerCount);
                group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                Pass();
                Assert.Single(_reports.All);
                group.Cancel();
            },
            Options(1)).Soon();
    }

    [Fact]
    public async Task It_is_not_looked_for_without_the_warning_nor_when_nobody_can_wait()
    {
        var options = Options(1);
        options.StuckBodyWarning = null;
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                Assert.Equal(0, _clock.TimerCount);
                group.Cancel();
            },
            options).Soon();
        var gate = new TaskCompletionSource();
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task);
                group.Spawn(_ => Task.CompletedTask);
                Assert.Equal(0, _clock.TimerCount);
                gate.SetResult();
            },
            Options(1)).Soon();
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Children_that_wait_for_places_are_let_in_when_the_group_is_cancelled()
    {
        var options = Options(2);
        options.StuckBodyWarning = null;
        var started = 0;
        await TaskGroup.RunAsync(
            group =>
            {
                var starts = Enumerable.Range(0, 2).Select(_ => new TaskCompletionSource()).ToArray();
                foreach (var start in starts)
                {
                    group.Spawn(async _ =>
                    {
                        await start.Task;
                        await group.SpawnAsync(ct =>
                        {
                            Interlocked.Increment(ref started);
                            return ct.UntilCancelled();
                        });
                    });
                }
                Array.ForEach(starts, start => start.SetResult());
                Assert.Equal(2, group.QueuedCount);
                group.Cancel();
            },
            options).Soon();
        Assert.Equal(2, started);
        Assert.Empty(_reports.All);
    }

    [Fact]
    public async Task Children_that_wait_for_places_after_the_cancellation_are_let_in_at_the_next_look()
    {
        var started = 0;
        var queued = new List<int>();
        TaskGroup? kept = null;
        var run = TaskGroup.RunAsync(
            group =>
            {
                kept = group;
                var start = new TaskCompletionSource();
                group.Spawn(async _ =>
                {
                    await start.Task;
                    for (var i = 0; i < 3; i++)
                    {
                        var spawning = group.SpawnAsync(_ => Task.FromResult(Interlocked.Increment(ref started)));
                        queued.Add(group.QueuedCount);
                        try
                        {
                            await spawning;
                        }
                        catch (OperationCanceledException)
                        {
                        }
                    }
                });
                group.Cancel();
                start.SetResult();
                Assert.Equal(1, group.QueuedCount);
            },
            Options(1));
        await Wait.Until(() =>
        {
            Pass();
            Assert.InRange(kept!.RunningCount, 0, 2);
            return run.IsCompleted;
        });
        await run;
        // The place that was added goes with the child that got it.
        Assert.Equal([1, 1, 1], queued);
        Assert.Equal(3, started);
    }

    [Fact]
    public async Task What_was_let_in_beyond_the_limit_counts_when_it_waits_for_a_place_itself()
    {
        var started = 0;
        var run = TaskGroup.RunAsync(
            group =>
            {
                var start = new TaskCompletionSource();
                group.Spawn(async _ =>
                {
                    await start.Task;
                    await SpawnAsync(async _ => await SpawnAsync(_ => Task.CompletedTask));
                    await SpawnAsync(_ => Task.CompletedTask);
                });
                group.Cancel();
                start.SetResult();

                async Task SpawnAsync(Func<CancellationToken, Task> work)
                {
                    try
                    {
                        await group.SpawnAsync(ct =>
                        {
                            Interlocked.Increment(ref started);
                            return work(ct);
                        });
                    }
                    catch (OperationCanceledException)
                    {
                    }
                }
            },
            Options(1));
        await Wait.Until(() =>
        {
            Pass();
            return run.IsCompleted;
        });
        await run;
        Assert.Equal(3, started);
    }

    [Fact]
    public async Task The_end_of_the_group_ends_the_looking()
    {
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                Assert.Equal(1, _clock.TimerCount);
                group.Cancel();
            },
            Options(1)).Soon();
        Assert.Equal(0, _clock.TimerCount);
    }

    [Fact]
    public async Task With_a_warning_at_once_it_is_looked_for_every_millisecond()
    {
        var options = Options(1);
        options.StuckBodyWarning = TimeSpan.Zero;
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(async _ => await group.Run(_ => Task.CompletedTask));
                Assert.Empty(_reports.All);
                _clock.Advance(TimeSpan.FromMilliseconds(1));
                Assert.Single(_reports.All);
                group.Cancel();
            },
            options).Soon();
    }

    private static async Task Outer(Task sibling)
    {
        await Inner(sibling);
        GC.KeepAlive(sibling);
    }

    private static async Task<int> Inner(Task sibling)
    {
        await sibling.ConfigureAwait(false);
        return 1;
    }

    private void Pass() => _clock.Advance(TimeSpan.FromSeconds(30));

    private TaskGroupOptions Options(int limit)
    {
        var options = _reports.Options();
        options.Name = "crawl";
        options.MaxConcurrency = limit;
        options.TimeProvider = _clock;
        return options;
    }
}
