using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Groups;

/// <summary>Services and resources: what ends after the children.</summary>
public sealed class ServiceTests
{
    private readonly List<string> _trace = [];

    [Theory]
    [InlineData(TaskGroupFailureMode.CancelSiblings)]
    [InlineData(TaskGroupFailureMode.Collect)]
    [InlineData(TaskGroupFailureMode.Supervise)]
    public async Task Service_CrashFailsGroup_AndNormalEndCancelsIt(TaskGroupFailureMode mode)
    {
        var options = new TaskGroupOptions { FailureMode = mode };
        var run = TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(ct => ct.UntilCancelled());
                group.RunService(_ => throw new FormatException());
            },
            options);
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());

        var gate = new TaskCompletionSource();
        CancellationToken service = default;
        run = TaskGroup.RunAsync(
            group =>
            {
                group.RunService(async ct =>
                {
                    service = ct;
                    await ct.UntilCancelled();
                });
                group.Spawn(_ => gate.Task);
                Assert.Equal(1, group.RunningCount);
            },
            options);
        Assert.False(service.IsCancellationRequested);
        gate.SetResult();
        await run.Soon();
        Assert.True(service.IsCancellationRequested);
    }

    [Fact]
    public async Task A_service_may_end_before()
    {
        await TaskGroup.RunAsync(group => group.RunService(_ => Task.CompletedTask)).Soon();
    }

    [Fact]
    public async Task Services_outlive_the_children_of_a_cancelled_group()
    {
        await TaskGroup.RunAsync(group =>
        {
            group.RunService(ct => Traced("service", ct));
            group.Spawn(ct => Traced("child", ct));
            group.Cancel();
        }).Soon();
        Assert.Equal(["child", "service"], _trace);
    }

    [Fact]
    public async Task Services_end_last_in_first_out_and_then_resources_in_reverse()
    {
        await TaskGroup.RunAsync(group =>
        {
            group.Own(new Resource(_trace, "first resource"));
            group.RunService(ct => Traced("first service", ct));
            group.Own(new AsyncResource(_trace, "second resource"));
            group.RunService(ct => Traced("second service", ct));
            group.Spawn(async _ =>
            {
                await Task.Yield();
                _trace.Add("child");
            });
        }).Soon();
        Assert.Equal(["child", "second service", "first service", "second resource", "first resource"], _trace);
    }

    [Fact]
    public async Task What_a_service_throws_when_it_is_stopped_is_a_failure()
    {
        var run = TaskGroup.RunAsync(group => group.RunService(async ct =>
        {
            try
            {
                await ct.UntilCancelled();
            }
            finally
            {
                throw new FormatException();
            }
        }));
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public async Task A_service_that_ends_faulted_with_its_cancellation_is_no_failure()
    {
        await TaskGroup.RunAsync(group => group.RunService(ct =>
        {
            var ended = new TaskCompletionSource();
            ct.Register(() => ended.SetException(new OperationCanceledException(ct)));
            return ended.Task;
        })).Soon();
    }

    [Fact]
    public async Task A_service_that_fails_beside_its_cancellation_is_a_failure()
    {
        var run = TaskGroup.RunAsync(group => group.RunService(ct =>
        {
            var ended = new TaskCompletionSource();
            ct.Register(() => ended.SetException([new FormatException(), new OperationCanceledException(ct)]));
            return ended.Task;
        }));
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public async Task A_cancellation_of_a_service_that_nobody_stopped_is_a_failure()
    {
        var run = TaskGroup.RunAsync(group =>
        {
            group.RunService(_ => throw new TaskCanceledException("The request timed out."));
            group.Spawn(ct => ct.UntilCancelled());
        });
        await Assert.ThrowsAsync<TaskCanceledException>(() => run.Soon());
        Assert.True(run.IsFaulted);
    }

    [Fact]
    public async Task Services_that_have_ended_are_forgotten()
    {
        var group = TaskGroup.Open();
        group.RunService(ct => ct.UntilCancelled());
        var states = Run(group);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(states, state => Assert.False(state.IsAlive));
        await group.CompleteAsync().Soon();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static List<WeakReference> Run(TaskGroup group)
        {
            var states = new List<WeakReference>();
            for (var i = 0; i < 10; i++)
            {
                var state = new object();
                states.Add(new WeakReference(state));
                group.RunService(ct =>
                {
                    ct.Register(() => GC.KeepAlive(state));
                    return Task.CompletedTask;
                });
            }
            return states;
        }
    }

    [Fact]
    public async Task What_callbacks_of_a_services_token_throw_is_a_failure()
    {
        var run = TaskGroup.RunAsync(group => group.RunService(async ct =>
        {
            ct.Register(() => throw new FormatException());
            await ct.UntilCancelled();
        }));
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
    }

    [Fact]
    public async Task What_a_disposal_throws_is_a_failure_and_the_rest_is_disposed()
    {
        var run = TaskGroup.RunAsync(group =>
        {
            group.Own(new Resource(_trace, "first"));
            group.Own(new Resource(_trace, "second") { Failure = new FormatException() });
        });
        await Assert.ThrowsAsync<FormatException>(() => run.Soon());
        Assert.Equal(["second", "first"], _trace);
    }

    [Fact]
    public async Task An_ended_group_takes_neither_services_nor_resources()
    {
        TaskGroup? kept = null;
        await TaskGroup.RunAsync(group => { kept = group; });
        Assert.Throws<InvalidOperationException>(() => kept!.RunService(_ => Task.CompletedTask));
        Assert.Throws<InvalidOperationException>(() => kept!.Own(new Resource(_trace, "late")));
        Assert.Throws<ArgumentNullException>("work", () => kept!.RunService(null!));
        Assert.Throws<ArgumentNullException>("resource", () => kept!.Own(null!));
        Assert.Throws<ArgumentNullException>("resource", () => kept!.Own((IDisposable)null!));
        Assert.Throws<ArgumentNullException>("group", () => default(TaskGroup)!.Own(new Resource(_trace, "")));
    }

    private async Task Traced(string name, CancellationToken ct)
    {
        try
        {
            await ct.UntilCancelled();
        }
        finally
        {
            _trace.Add(name);
        }
    }

    private sealed class Resource(List<string> trace, string name) : IDisposable
    {
        public Exception? Failure { get; init; }

        public void Dispose()
        {
            trace.Add(name);
            if (Failure is not null)
                throw Failure;
        }
    }

    private sealed class AsyncResource(List<string> trace, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            trace.Add(name);
        }
    }
}
