using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Diagnostics;

/// <summary>Where a group stands, and what it shows of its children.</summary>
public sealed class TreeTests
{
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Parent_is_the_group_whose_body_it_was_opened_in()
    {
        await TaskGroup.RunAsync(async outer =>
        {
            Assert.Null(outer.Parent);
            await Task.Yield();
            await TaskGroup.RunAsync(async inner =>
            {
                Assert.Same(outer, inner.Parent);
                await Task.Yield();
                await TaskGroup.RunAsync(innermost => Assert.Same(inner, innermost.Parent));
            });
            await TaskGroup.RunAsync(next => Assert.Same(outer, next.Parent));
        });
        await TaskGroup.RunAsync(after => Assert.Null(after.Parent));
    }

    [Fact]
    public async Task Parent_is_the_same_from_a_child()
    {
        await TaskGroup.RunAsync(outer => outer.Spawn(async _ =>
        {
            await Task.Yield();
            await TaskGroup.RunAsync(inner => Assert.Same(outer, inner.Parent));
        }));
    }

    [Fact]
    public async Task Parent_is_the_same_from_a_queued_child_and_a_service()
    {
        var options = new TaskGroupOptions { MaxConcurrency = 1 };
        await TaskGroup.RunAsync(
            outer =>
            {
                outer.Spawn(_ => _gate.Task);
                outer.Spawn(_ => TaskGroup.RunAsync(inner => Assert.Same(outer, inner.Parent)));
                outer.RunService(_ => TaskGroup.RunAsync(inner => Assert.Same(outer, inner.Parent)));
                _gate.SetResult();
            },
            options);
    }

    [Fact]
    public async Task Parent_is_the_loop_from_its_body()
    {
        await TaskGroup.RunAsync(outer => outer.Spawn(_ => TaskGroup.ForEachAsync(
            [1],
            async (_, _) =>
            {
                await Task.Yield();
                await TaskGroup.RunAsync(inner => Assert.Same(outer, inner.Parent!.Parent));
            },
            maxConcurrency: 1)));
    }

    [Fact]
    public async Task A_scope_form_group_has_a_parent_and_is_nobodys()
    {
        await TaskGroup.RunAsync(async outer =>
        {
            await using var scope = TaskGroup.Open();
            Assert.Same(outer, scope.Parent);
            Assert.Equal([scope], outer.GetNestedGroups());
            await TaskGroup.RunAsync(inner => Assert.Same(outer, inner.Parent));
            Assert.Empty(scope.GetNestedGroups());
            await scope.CompleteAsync();
            Assert.Empty(outer.GetNestedGroups());
        });
    }

    [Fact]
    public async Task Groups_that_come_and_go_are_told_in_their_order_each_as_itself()
    {
        // By a clock that stands still, and more than find a place without a lock.
        var clock = new ManualClock();
        await TaskGroup.RunAsync(async outer =>
        {
            for (var round = 0; round < 3; round++)
            {
                var scopes = Enumerable.Range(0, 20)
                    .Select(i => TaskGroup.Open(Clocked($"scope {round} {i}")))
                    .ToList();
                var gate = new TaskCompletionSource();
                var lambdas = Enumerable.Range(0, 20)
                    .Select(i => Clocked($"lambda {round} {i}"))
                    .Select(options => TaskGroup.RunAsync(inner => inner.Spawn(_ => gate.Task), options))
                    .ToList();
                Assert.Equal(
                    [
                        .. Enumerable.Range(0, 20).Select(i => $"scope {round} {i}"),
                        .. Enumerable.Range(0, 20).Select(i => $"lambda {round} {i}"),
                    ],
                    outer.GetNestedGroups().Select(group => group.Name));
                foreach (var scope in scopes)
                    await scope.CompleteAsync();
                gate.SetResult();
                await Task.WhenAll(lambdas);
                Assert.Empty(outer.GetNestedGroups());
            }
        });

        TaskGroupOptions Clocked(string name) => new() { Name = name, TimeProvider = clock };
    }

    [Fact]
    public async Task The_body_leaves_no_mark_on_the_code_around_it()
    {
        var run = TaskGroup.RunAsync(group => group.Spawn(_ => _gate.Task));
        await using (var next = TaskGroup.Open())
        {
            Assert.Null(next.Parent);
            await next.CompleteAsync();
        }
        _gate.SetResult();
        await run;
    }

    [Fact]
    public async Task Nested_groups_are_listed_in_the_order_of_their_opening_while_they_live()
    {
        await TaskGroup.RunAsync(async outer =>
        {
            outer.Spawn(_ => TaskGroup.RunAsync(inner => inner.Spawn(_ => _gate.Task), Named("a")));
            outer.Spawn(_ => TaskGroup.RunAsync(inner => inner.Spawn(_ => _gate.Task), Named("b")));
            outer.Spawn(_ => TaskGroup.WhenAllAsync(_ => _gate.Task, _ => _gate.Task));
            Assert.Equal(["a", "b", null], outer.GetNestedGroups().Select(group => group.Name));
            _gate.SetResult();
            while (outer.RunningCount > 0)
                await Task.Yield();
            Assert.Empty(outer.GetNestedGroups());
        });
    }

    [Fact]
    public async Task A_flow_that_outlives_its_group_is_in_the_group_around_it()
    {
        await TaskGroup.RunAsync(async outer =>
        {
            ExecutionContext? flow = null;
            await TaskGroup.RunAsync(_ => flow = ExecutionContext.Capture());
            TaskGroup? late = null;
            ExecutionContext.Run(flow!, _ => late = TaskGroup.Open(), null);
            Assert.Same(outer, late!.Parent);
            await late.DisposeAsync();
        });
    }

    [Fact]
    public async Task Child_Name()
    {
        await TaskGroup.RunAsync(group =>
        {
            group.Spawn(WaitAsync);
            group.Spawn(_ => _gate.Task);
            group.Spawn(_ => _gate.Task, "explicit");
            group.Spawn(LocalAsync);
            group.Track(_gate.Task);
            group.SpawnOnThreadPool(BlockUntilOpen);
            Assert.Equal(
                [nameof(WaitAsync), nameof(Child_Name), "explicit", nameof(LocalAsync), null, nameof(BlockUntilOpen)],
                group.GetChildren().Select(child => child.Name));
            _gate.SetResult();
        });

        Task LocalAsync(CancellationToken token) => _gate.Task;
    }

    [Fact]
    public async Task Children_are_told_with_their_start_and_the_queue_last()
    {
        var start = _clock.GetUtcNow();
        var options = new TaskGroupOptions { MaxConcurrency = 2, TimeProvider = _clock };
        await TaskGroup.RunAsync(
            async group =>
            {
                group.Spawn(_ => _gate.Task, "first");
                _clock.Advance(TimeSpan.FromSeconds(3));
                group.Spawn(_ => Task.CompletedTask, "done");
                group.Spawn(_ => _gate.Task, "second");
                _ = group.Run(_ => Task.CompletedTask, "third");
                _ = group.Run(_ => Task.FromResult(4), "fourth");
                var started = group.StartAsync<int>((_, _) => _gate.Task, "starting");
                Assert.Equal(
                    [
                        ("first", TaskStatus.WaitingForActivation, start),
                        ("second", TaskStatus.WaitingForActivation, start + TimeSpan.FromSeconds(3)),
                        ("starting", TaskStatus.WaitingForActivation, start + TimeSpan.FromSeconds(3)),
                        ("third", TaskStatus.WaitingToRun, null),
                        ("fourth", TaskStatus.WaitingToRun, default(DateTimeOffset?)),
                    ],
                    group.GetChildren().Select(child => (child.Name, child.Status, child.StartedAt)));
                _gate.SetResult();
                await started.Ended();
            },
            options);
    }

    [Fact]
    public async Task By_the_systems_clock_a_start_is_known_to_a_few_milliseconds_and_stays_as_it_is()
    {
        var before = DateTimeOffset.UtcNow;
        var starts = new List<DateTimeOffset>();
        await TaskGroup.RunAsync(group =>
        {
            group.Spawn(_ => _gate.Task);
            starts.Add(group.GetChildren().Single().StartedAt!.Value);
            starts.Add(group.GetChildren().Single().StartedAt!.Value);
            _gate.SetResult();
        });
        Assert.InRange(starts[0], before - TimeSpan.FromMilliseconds(100), DateTimeOffset.UtcNow);
        Assert.Equal(starts[0], starts[1]);
    }

    [Fact]
    public async Task The_items_of_a_loop_are_children()
    {
        var seen = new List<string?>();
        await TaskGroup.RunAsync(async outer =>
        {
            var loop = TaskGroup.SelectAsync([10, 20, 30], (_, _) => _gate.Task.ContinueWith(_ => 1), 2);
            seen.AddRange(outer.GetNestedGroups().Single().GetChildren().Select(child => child.Name));
            _gate.SetResult();
            await loop;
        });
        Assert.Equal(["item 0", "item 1"], seen);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Children_of_every_kind_have_the_name_that_they_were_given(int limit)
    {
        var names = new List<string?>();
        await TaskGroup.RunAsync(
            async group =>
            {
                group.Spawn(_ => _gate.Task, "spawned");
                _ = group.Run(_ => _gate.Task, "run");
                _ = group.Run(_ => _gate.Task.ContinueWith(_ => 1), "run for a value");
                var spawning = group.SpawnAsync(_ => _gate.Task, "awaited");
                group.SpawnOnThreadPool(_ => _gate.Task.Block(), "on the pool");
                _ = group.RunOnThreadPool(_ => _gate.Task.Block(), "run on the pool");
                names.AddRange(group.GetChildren().Select(child => child.Name));
                _gate.SetResult();
                await spawning;
            },
            new TaskGroupOptions { MaxConcurrency = limit }).Soon();
        Assert.Equal(["spawned", "run", "run for a value", "awaited", "on the pool", "run on the pool"], names);
    }

    [Fact]
    public async Task The_contenders_of_a_race_are_children()
    {
        var seen = 0;
        await TaskGroup.RunAsync(async outer =>
        {
            async Task<int> ContendAsync(CancellationToken token)
            {
                await _gate.Task;
                return 1;
            }

            var race = TaskGroup.RaceAsync<int>([ContendAsync, ContendAsync]);
            seen = outer.GetNestedGroups().Single().GetChildren().Count;
            _gate.SetResult();
            await race;
        });
        Assert.Equal(2, seen);
    }

    [Fact]
    public async Task The_items_of_a_loop_and_what_they_spawn_are_counted_while_they_run()
    {
        var gates = new TaskCompletionSource[] { new(), new() };
        await TaskGroup.RunAsync(async outer =>
        {
            var loop = TaskGroup.ForEachAsync([0, 1], (item, _) => gates[item].Task, maxConcurrency: -1);
            var group = outer.GetNestedGroups().Single();
            Assert.Equal(2, group.RunningCount);
            group.Spawn(_ => _gate.Task, "spawned");
            Assert.Equal(3, group.RunningCount);
            Assert.Contains("body ended", TaskGroup.DumpTree());
            gates[0].SetResult();
            await Wait.Until(() => group.RunningCount == 2);
            Assert.Equal(["item 1", "spawned"], Names());
            _gate.SetResult();
            await Wait.Until(() => group.RunningCount == 1);
            Assert.Equal(["item 1"], Names());
            gates[1].SetResult();
            await loop;
            Assert.Equal(0, group.RunningCount);

            IEnumerable<string?> Names() => group.GetChildren().Select(child => child.Name);
        });
    }

    [Fact]
    public async Task The_tree_tells_names_states_and_ages()
    {
        var options = new TaskGroupOptions { Name = "server " + _id, MaxConcurrency = 2, TimeProvider = _clock };
        await TaskGroup.RunAsync(
            async server =>
            {
                server.RunService(token => Task.Delay(Timeout.Infinite, token), "heartbeat");
                server.Spawn(_ => _gate.Task, "accept");
                _clock.Advance(TimeSpan.FromSeconds(62));
                server.Spawn(
                    _ => TaskGroup.RunAsync(
                        request =>
                        {
                            request.Spawn(_ => _gate.Task, "read\nwrite");
                            request.Cancel("enough");
                        },
                        new TaskGroupOptions { Name = "request", TimeProvider = _clock }),
                    "handle");
                server.Spawn(_ => Task.CompletedTask, "next");
                _clock.Advance(TimeSpan.FromSeconds(1.5));

                Assert.Equal(
                    $"""
                    TaskGroup 'server {_id}': open, 00:01:03, 2 running, 1 queued
                      'accept': running, 00:01:03
                      'handle': running, 1.5 s
                      'next': queued
                      service 'heartbeat': running, 00:01:03
                      TaskGroup 'request': cancelled (enough), 1.5 s, 1 running
                        'read write': running, 1.5 s

                    """,
                    TreeOf("server " + _id));
                _gate.SetResult();
                await Task.Yield();
            },
            options);
        Assert.DoesNotContain(_id, TaskGroup.DumpTree());
    }

    [Fact]
    public async Task The_tree_tells_what_a_group_is_about_to_end_with()
    {
        var group = TaskGroup.Open(Named("left " + _id));
        group.Spawn(_ => _gate.Task, "slow");
        var completion = group.CompleteAsync();
        Assert.Contains($"'left {_id}': body ended, ", TaskGroup.DumpTree());
        group.Fail(new FormatException());
        Assert.Contains($"'left {_id}': failing, ", TaskGroup.DumpTree());
        _gate.SetResult();
        await completion.Ended();
    }

    [Fact]
    public async Task A_tree_that_is_deeper_than_the_stack_is_printed()
    {
        var groups = new List<TaskGroup>();
        await Nest(TaskGroup.Innermost, 20_000);
        Assert.Equal(20_000, groups.Count);

        async Task Nest(TaskGroup? parent, int depth)
        {
            var run = Task.CompletedTask;
            for (ExecutionContext? flow = null; depth > 0; depth--)
            {
                if (flow is null)
                    Open();
                else
                    ExecutionContext.Run(flow, _ => Open(), null);

                void Open() => run = TaskGroup.RunAsync(async group =>
                {
                    groups.Add(group);
                    Assert.Same(parent, group.Parent);
                    parent = group;
                    flow = ExecutionContext.Capture();
                    await _gate.Task;
                });
            }
            Assert.Contains("[19999] TaskGroup: open", TaskGroup.DumpTree());
            _gate.SetResult();
            await run;
        }
    }

    private static string TreeOf(string name)
    {
        var lines = TaskGroup.DumpTree().Split('\n');
        var own = lines
            .SkipWhile(line => !line.Contains(name))
            .TakeWhile((line, index) => index == 0 || line.StartsWith(' '));
        return string.Join("\n", own) + "\n";
    }

    private static TaskGroupOptions Named(string name) => new() { Name = name };

    private Task WaitAsync(CancellationToken token) => _gate.Task;

    private void BlockUntilOpen(CancellationToken token) => _gate.Task.Wait(token);
}
