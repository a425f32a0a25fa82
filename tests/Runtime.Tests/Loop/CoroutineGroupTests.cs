using System;
using System.Linq;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Groups of coroutines: who waits, who is cancelled, what comes out.</summary>
public sealed class CoroutineGroupTests : LoopGroupTests
{
    private readonly Reports _reports = new();

    [Fact]
    public void Group_ChildError_Propagates()
    {
        var thrown = new FormatException();
        var caught = Assert.Throws<FormatException>(() => RunGroup(group => group.Spawn(Fail(thrown))));
        Assert.Same(thrown, caught);
    }

    [Fact]
    public void Group_Interleaves()
    {
        RunGroup(group =>
        {
            group.Spawn(Looper("a"));
            group.Spawn(Looper("b"));
        });
        Assert.Equal(["a0", "b0", "a1", "b1", "a2", "b2"], Log);

        async Coroutine Looper(string name)
        {
            for (var turn = 0; turn < 3; turn++)
            {
                Log.Add($"{name}{turn}");
                await Coroutine.Yield();
            }
        }
    }

    [Fact]
    public void Group_CrashCancelsSibling()
    {
        Assert.Throws<FormatException>(() => RunGroup(group =>
        {
            group.Spawn(Forever("looper"));
            group.Spawn(Fail(new FormatException()));
        }));
        Assert.Equal(["looper cancelled"], Log);
    }

    [Fact]
    public void Group_TwoChildrenFail()
    {
        var failure = Assert.Throws<AggregateException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                group.Spawn(Cleanup());
                group.Spawn(Fail(new FormatException()));
                await Coroutine.Yield();
            },
            new TaskGroupOptions { ExceptionMode = TaskGroupExceptionMode.Aggregate })));
        Assert.Equal(
            [typeof(FormatException), typeof(TimeoutException)],
            failure.InnerExceptions.Select(inner => inner.GetType()));

        static async Coroutine Cleanup()
        {
            try
            {
                await Coroutine.SleepForever();
            }
            finally
            {
                throw new TimeoutException();
            }
        }
    }

    [Fact]
    public void Further_failures_are_reported()
    {
        var options = _reports.Options();
        Assert.Throws<FormatException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                group.Spawn(Fail(new FormatException()));
                group.Spawn(Fail(new TimeoutException()));
                await Coroutine.SleepForever();
            },
            options)));
        Assert.IsType<TimeoutException>(Assert.Single(_reports.Exceptions));
    }

    [Fact]
    public void Group_CrashWakesSleepingBody()
    {
        Assert.Throws<FormatException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Fail(new FormatException()));
            await Forever("body");
        })));
        Assert.Equal(["body cancelled"], Log);
    }

    [Fact]
    public void Scope_FiltersOnlyItsOwnCancellation() => Assert.Throws<FormatException>(() => OnLoop.Run(
        () => CoroutineGroup.RunAsync(async outer =>
        {
            await CoroutineGroup.RunAsync(async inner =>
            {
                inner.Spawn(Forever("1"));
                inner.Spawn(Forever("2"));
                inner.Spawn(Fail(new FormatException()));
                outer.CancelScope.Cancel();
                await Task.CompletedTask;
            });
        })));

    [Fact]
    public void Spawn_IntoCancelledGroup_StartsThenCancels()
    {
        RunGroup(group =>
        {
            group.CancelScope.Cancel();
            group.Spawn(Forever("child"));
        });
        Assert.Equal(["child cancelled"], Log);
    }

    [Fact]
    public void Group_ClosureRules()
    {
        CoroutineGroup? kept = null;
        OnLoop.Run(async () =>
        {
            await CoroutineGroup.RunAsync(async group =>
            {
                kept = group;
                group.Spawn(SpawnLate());
                await Task.CompletedTask;
            });
            Assert.Equal(["late at 2"], Log);
            Assert.Throws<InvalidOperationException>(() => kept!.Spawn(Note("too late", 0)));
        });

        async Coroutine SpawnLate()
        {
            await Coroutine.Sleep(OnLoop.Seconds(1));
            kept!.Spawn(Note("late", 1));
        }
    }

    [Fact]
    public void EmptyGroup_IsSchedulePoint_NotCancelPoint() => OnLoop.Run(async () =>
    {
        using (var scope = new CancelScope())
        {
            scope.Cancel();
            var others = false;
            EventLoop.Current!.Post(() => others = true);
            await CoroutineGroup.RunAsync(async _ => await Task.CompletedTask);
            await CoroutineGroup.RunAsync(async _ => await Task.CompletedTask);
            Assert.True(others);
            Assert.False(scope.CancellationCaught);
            await Assert.ThrowsAsync<FormatException>(async () => await Body());
        }

        static Coroutine Body() => CoroutineGroup.RunAsync(_ => Fail(new FormatException()));
    });

    [Fact]
    public void Supervised_children_fail_alone()
    {
        var options = _reports.Options(TaskGroupFailureMode.Supervise);
        OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                var failing = group.Run(Fail(new FormatException()));
                group.Spawn(Note("sibling", 1));
                await Assert.ThrowsAsync<FormatException>(async () => await failing);
            },
            options));
        Assert.Equal(["sibling at 1"], Log);
        Assert.IsType<FormatException>(Assert.Single(_reports.Exceptions));
    }

    [Fact]
    public void Collected_failures_come_out_at_the_end()
    {
        var options = TaskGroupOptions.Collect;
        options.ExceptionMode = TaskGroupExceptionMode.Aggregate;
        var failure = Assert.Throws<AggregateException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                group.Spawn(Fail(new FormatException()));
                group.Spawn(Note("sibling", 1));
                group.Spawn(Fail(new TimeoutException()));
                await Task.CompletedTask;
            },
            options)));
        Assert.Equal(2, failure.InnerExceptions.Count);
        Assert.Equal(["sibling at 1"], Log);
    }

    [Fact]
    public void A_timeout_fails_the_group_that_it_cuts_short()
    {
        var options = new TaskGroupOptions { Timeout = OnLoop.Seconds(3), Name = "slow" };
        var failure = Assert.Throws<TimeoutException>(
            () => OnLoop.Run(() => CoroutineGroup.RunAsync(_ => Forever("body"), options)));
        Assert.Contains("'slow'", failure.Message);
        OnLoop.Run(() => CoroutineGroup.RunAsync(_ => Note("quick", 1), options));
    }

    [Fact]
    public void A_foreign_cancellation_is_a_failure() => Assert.Throws<OperationCanceledException>(() => RunGroup(
        group => group.Spawn(Fail(new OperationCanceledException("an HTTP timeout")))));

    [Fact]
    public void TaskGroup_CancelOneChild()
    {
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            var first = group.Run(Forever("first"));
            var second = group.Run(Note("second", 1));
            await Coroutine.Yield();
            first.Cancel("enough");
            var failure = await Assert.ThrowsAsync<OperationCanceledException>(async () => await first);
            Assert.Contains("enough", failure.Message);
            await second;
            Assert.Equal(CoroutineStatus.Canceled, first.Status);
            Assert.Null(first.Exception);
        }));
        Assert.Equal(["first cancelled", "second at 1"], Log);
    }

    [Fact]
    public void Cancelling_a_child_reaches_its_own_groups()
    {
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            var child = group.Run(CoroutineGroup.RunAsync(async inner =>
            {
                inner.Spawn(Forever("grandchild"));
                await Task.CompletedTask;
            }));
            group.Spawn(Note("sibling", 1));
            await EventLoop.WaitAllTasksBlockedAsync();
            child.Cancel();
        }));
        Assert.Equal(["grandchild cancelled", "sibling at 1"], Log);
    }

    [Fact]
    public void TaskGroup_CancelAndCrashTogether() => Assert.Throws<FormatException>(() => OnLoop.Run(async () =>
    {
        await Coroutine.MoveOnAfterAsync(OnLoop.Seconds(1), _ => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(CrashWhenCancelled());
            await Coroutine.SleepForever();
        }));

        static async Coroutine CrashWhenCancelled()
        {
            try
            {
                await Coroutine.SleepForever();
            }
            catch (OperationCanceledException)
            {
                throw new FormatException();
            }
        }
    }));

    [Fact]
    public void TaskGroup_NestedErrors()
    {
        Assert.Throws<FormatException>(() => RunGroup(outer =>
        {
            outer.Spawn(CoroutineGroup.RunAsync(async inner =>
            {
                inner.Spawn(Forever("inner child"));
                await Forever("inner body");
            }));
            outer.Spawn(Fail(new FormatException()));
        }));
        Assert.Equal(["inner body cancelled", "inner child cancelled"], Log.Order());
    }

    [Fact]
    public void TaskGroup_BodyReplacesCancellation() => Assert.Throws<TimeoutException>(() => OnLoop.Run(
        () => CoroutineGroup.RunAsync(async group =>
        {
            group.CancelScope.Cancel();
            try
            {
                await Coroutine.SleepForever();
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException();
            }
        })));

    [Fact]
    public void TaskGroup_CrashCancelsOthersAndBody_OnLoop()
    {
        var reports = new Reports();
        var number = 0;
        var thrown = Enumerable.Range(0, 3).Select(index => new FormatException($"{index}")).ToArray();
        var failure = Assert.Throws<FormatException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(
            async group =>
            {
                group.Spawn(Runner());
                foreach (var exception in thrown)
                    group.Spawn(Crash(exception));
                await Coroutine.Sleep(OnLoop.Seconds(10));
                number++;
            },
            reports.Options())));

        Assert.Same(thrown[0], failure);
        Assert.Equal(thrown.Skip(1), reports.Exceptions);
        Assert.Equal(0, number);
        Assert.Equal(["runner cancelled"], Log);

        async Coroutine Runner()
        {
            try
            {
                await Coroutine.Sleep(OnLoop.Seconds(10));
                number++;
            }
            catch (OperationCanceledException)
            {
                Log.Add("runner cancelled");
                throw;
            }
        }

        static async Coroutine Crash(Exception exception)
        {
            await Coroutine.Sleep(OnLoop.Seconds(1));
            throw exception;
        }
    }

    [Fact]
    public void TaskGroup_Hydra()
    {
        var heads = 0;
        Assert.Throws<FormatException>(() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Head(group));
            await Coroutine.Sleep(OnLoop.Seconds(8.5));
            throw new FormatException();
        })));
        Assert.InRange(heads, 100, 1000);

        async Coroutine Head(CoroutineGroup group)
        {
            heads++;
            await Coroutine.Sleep(OnLoop.Seconds(1));
            group.Spawn(Head(group));
            group.Spawn(Head(group));
        }
    }

    [Fact]
    public void A_task_group_runs_unchanged_inside_a_coroutine() => OnLoop.Run(async () =>
    {
        var clock = EventLoop.Current!.TimeProvider;
        var thread = Environment.CurrentManagedThreadId;
        await TaskGroup.RunAsync(async group =>
        {
            group.Spawn(token => Task.Delay(OnLoop.Seconds(2), clock, token));
            await Task.Delay(OnLoop.Seconds(1), clock, group.CancellationToken);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        });
        Assert.Equal(OnLoop.Seconds(2), OnLoop.Now);
    });
}
