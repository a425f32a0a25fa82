using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Diagnostics;

/// <summary>What is shown is not kept: groups and children vanish when they have ended.</summary>
public sealed class RetentionTests
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_group_that_has_ended_vanishes_though_its_flow_lives_on()
    {
        var (group, flow) = await RunAsync();
        Assert.True(IsCollected(group));
        GC.KeepAlive(flow);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<(WeakReference Group, ExecutionContext Flow)> RunAsync()
        {
            WeakReference? reference = null;
            ExecutionContext? flow = null;
            await TaskGroup.RunAsync(async group =>
            {
                reference = new WeakReference(group);
                flow = ExecutionContext.Capture();
                await Task.Yield();
            });
            return (reference!, flow!);
        }
    }

    [Fact]
    public void A_group_that_is_abandoned_vanishes()
    {
        Assert.All(Abandon(200), group => Assert.True(IsCollected(group)));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Abandon(int count) =>
            Enumerable.Range(0, count).Select(_ => new WeakReference(TaskGroup.Open())).ToList();
    }

    [Fact]
    public async Task Work_that_is_handed_on_from_group_to_group_keeps_the_last_parent_only()
    {
        var (groups, last) = await HandOnAsync(10);
        Assert.All(groups.SkipLast(2), group => Assert.True(IsCollected(group)));
        GC.KeepAlive(last);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async Task<(List<WeakReference> Groups, TaskGroup Last)> HandOnAsync(int count)
        {
            var groups = new List<WeakReference>();
            TaskGroup? last = null;
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await Next(Task.CompletedTask);
            await end.Task;
            return (groups, last!);

            // Every group opens the next one and then ends; the next one waits for that before it goes on.
            async Task Next(Task before)
            {
                await before;
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await TaskGroup.RunAsync(async group =>
                {
                    last = group;
                    groups.Add(new WeakReference(group));
                    await Task.Yield();
                    if (groups.Count < count)
                        BackgroundTasks.Spawn(_ => Next(ended.Task));
                    else
                        end.SetResult();
                });
                ended.SetResult();
            }
        }
    }

    [Fact]
    public async Task A_long_lived_group_keeps_nothing_of_children_that_have_ended()
    {
        await using var group = TaskGroup.Open();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var works = Spawn(group, 1_000, end.Task);
        group.Spawn(_ => _gate.Task, "last");
        end.SetResult();
        while (group.RunningCount > 1)
            await Task.Yield();

        Assert.All(works, work => Assert.True(IsCollected(work)));
        Assert.Equal("last", Assert.Single(group.GetChildren()).Name);
        _gate.SetResult();
        await group.CompleteAsync();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Spawn(TaskGroup group, int count, Task end) =>
            Enumerable.Range(0, count).Select(_ => SpawnOne(group, end)).ToList();

        static WeakReference SpawnOne(TaskGroup group, Task end)
        {
            var work = new Work(end);
            group.Spawn(work.RunAsync);
            return new WeakReference(work);
        }
    }

    [Fact]
    public async Task A_long_lived_group_unlinks_children_that_have_ended()
    {
        await using var group = TaskGroup.Open();
        for (var index = 0; index < 1_000; index++)
            group.Spawn(async _ => await Task.Yield());
        while (group.RunningCount > 0)
            await Task.Yield();
        Assert.InRange(Length(NewestOf(group)), 0, 100);
        await group.CompleteAsync();

        static RunningChild? NewestOf(TaskGroup group) =>
            (RunningChild?)Field(typeof(RunningChildren), "_newest").GetValue(
                Field(typeof(TaskGroup), "_children").GetValue(group));

        static FieldInfo Field(Type type, string name) =>
            type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
    }

    [Fact]
    public async Task A_long_lived_group_keeps_few_of_the_starts_that_have_ended()
    {
        await using var group = TaskGroup.Open();
        var starts = Start(group, 1_000);
        while (group.RunningCount > 0)
            await Task.Yield();

        GC.Collect();
        Assert.InRange(starts.Count(start => start.IsAlive), 0, 100);
        await group.CompleteAsync();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Start(TaskGroup group, int count) =>
            Enumerable.Range(0, count).Select(_ => new WeakReference(StartOne(group))).ToList();

        static Task StartOne(TaskGroup group) => group.StartAsync<int>(async (signal, _) =>
        {
            signal.SetStarted(1);
            await Task.Yield();
        });
    }

    [Fact]
    public async Task Children_that_end_on_one_thread_after_the_other_are_unlinked()
    {
        var children = new RunningChildren[1];
        var gate = new object();
        for (var round = 0; round < 2; round++)
        {
            var ending = new Thread(EndMany);
            ending.Start();
            await Task.Run(ending.Join);
        }

        Assert.Empty(children[0].ToList());
        var last = new Child();
        children[0].Add(last);
        Assert.InRange(Length(last), 1, 50);

        void EndMany()
        {
            for (var index = 0; index < 100; index++)
            {
                var child = new Child();
                children[0].Add(child);
                child.End();
                children[0].OnEnded(running: 0, gate);
            }
        }
    }

    [Fact]
    public void Children_that_have_ended_are_unlinked_while_others_run()
    {
        var children = new RunningChildren();
        var gate = new object();
        var all = Enumerable.Range(0, 100).Select(_ => new Child()).ToList();
        all.ForEach(child => children.Add(child));
        var survivors = all.Where((_, index) => index % 50 == 25).ToList();
        var running = all.Count;
        foreach (var child in all.Except(survivors))
        {
            child.End();
            children.OnEnded(--running, gate);
        }

        Assert.Equal(survivors, children.ToList());
        Assert.True(Length(survivors[1]) < all.Count / 2, $"{Length(survivors[1])} are linked still.");
    }

    [Fact]
    public async Task Children_come_and_go_on_many_threads_and_none_is_lost()
    {
        var children = new RunningChildren[1];
        var gate = new object();
        var running = 0;
        var survivors = await TaskGroup.SelectAsync(
            Enumerable.Range(0, 8),
            (_, _) => Task.Run(() =>
            {
                var kept = new List<Child>();
                for (var index = 0; index < 20_000; index++)
                {
                    var child = new Child();
                    Interlocked.Increment(ref running);
                    children[0].Add(child);
                    if (index % 1_000 == 0)
                    {
                        kept.Add(child);
                        continue;
                    }
                    child.End();
                    children[0].OnEnded(Interlocked.Decrement(ref running), gate);
                }
                return kept;
            }),
            maxConcurrency: 8);

        var expected = survivors.SelectMany(kept => kept).ToHashSet<RunningChild>();
        Assert.Equal(160, expected.Count);
        Assert.True(expected.SetEquals(children[0].ToList()));
    }

    private static int Length(RunningChild? child)
    {
        var length = 0;
        for (; child is not null; child = child.Older)
            length++;
        return length;
    }

    private static bool IsCollected(WeakReference reference)
    {
        for (var attempt = 0; attempt < 20 && reference.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return !reference.IsAlive;
    }

    private sealed class Work(Task end)
    {
        public async Task RunAsync(CancellationToken token) => await end;
    }

    private sealed class Child : RunningChild
    {
        public Child()
            : base(label: null, startedAt: 0) =>
            Watch(new TaskCompletionSource().Task);

        public override Task? Outcome => null;

        public void End() => MarkEnded();

        protected override void OnEnded(Task task)
        {
        }
    }
}
