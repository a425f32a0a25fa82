using System;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Diagnostics;

/// <summary>What the debugger and a log show of public objects.</summary>
public sealed class DisplayTests
{
    [Fact]
    public async Task A_group_shows_name_state_and_counts_to_the_debugger()
    {
        var clock = new ManualClock();
        var options = new TaskGroupOptions { Name = "import", MaxConcurrency = 1, TimeProvider = clock };
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(token => Task.Delay(Timeout.Infinite, token));
                group.Spawn(_ => Task.CompletedTask);
                clock.Advance(TimeSpan.FromSeconds(2));
                Assert.Equal("TaskGroup 'import': open, 2.0 s, 1 running, 1 queued", Debugged(group));
                group.Cancel("enough");
            },
            options);
    }

    [Fact]
    public async Task A_group_that_has_ended_shows_that()
    {
        TaskGroup? group = null;
        await TaskGroup.RunAsync(opened => group = opened);
        Assert.StartsWith("TaskGroup: ended, ", Debugged(group!));
    }

    [Fact]
    public void A_scope_shows_its_state()
    {
        using var scope = new CancelScope(timeProvider: new ManualClock());
        Assert.Equal("CancelScope: open", scope.ToString());
        scope.CancelAfter(TimeSpan.FromSeconds(5));
        Assert.Equal("CancelScope: open, deadline 2030-01-01T00:00:05.0000000+00:00", scope.ToString());
        scope.Deadline = null;
        scope.Cancel("enough");
        Assert.Equal("CancelScope: cancelled (enough)", scope.ToString());
        var shield = new CancelScope(shield: true);
        shield.Dispose();
        Assert.Equal("CancelScope: disposed, shielded", shield.ToString());
    }

    [Fact]
    public async Task A_limiter_and_its_leases_show_who_has_what()
    {
        var limiter = new CapacityLimiter(1);
        Assert.True(limiter.TryAcquire(out var lease));
        var waiting = limiter.AcquireAsync().AsTask();
        Assert.Equal("CapacityLimiter: 1 of 1 borrowed, 1 waiting", limiter.ToString());
        Assert.Equal("Lease: held", lease.ToString());
        lease.Dispose();
        Assert.Equal("Lease: returned", lease.ToString());
        Assert.Equal("Lease: returned", default(CapacityLimiter.Lease).ToString());
        using var next = await waiting;
        Assert.Equal("Lease: held", next.ToString());
    }

    [Fact]
    public void Options_show_what_was_set()
    {
        Assert.Equal("TaskGroupOptions: CancelSiblings", new TaskGroupOptions().ToString());
        var options = TaskGroupOptions.Supervise;
        (options.Name, options.MaxConcurrency, options.Timeout) = ("server", 4, TimeSpan.FromMinutes(1));
        options.ExceptionMode = TaskGroupExceptionMode.Aggregate;
        Assert.Equal(
            "TaskGroupOptions: Supervise, 'server', at most 4, within 00:01:00, Aggregate",
            options.ToString());
    }

    [Fact]
    public async Task A_child_shows_name_and_start()
    {
        var gate = new TaskCompletionSource();
        var options = new TaskGroupOptions { MaxConcurrency = 1, TimeProvider = new ManualClock() };
        await TaskGroup.RunAsync(
            group =>
            {
                group.Spawn(_ => gate.Task, "a");
                group.Track(gate.Task);
                group.Spawn(_ => gate.Task, "b");
                Assert.Equal(
                    [
                        "'a': WaitingForActivation since 2030-01-01T00:00:00.0000000+00:00",
                        "(unnamed): WaitingForActivation since 2030-01-01T00:00:00.0000000+00:00",
                        "'b': queued",
                    ],
                    group.GetChildren().Select(child => child.ToString()));
                gate.SetResult();
            },
            options);
    }

    private static string? Debugged(TaskGroup group) =>
        (string?)typeof(TaskGroup)
            .GetProperty("DebuggerDisplay", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(group);
}
