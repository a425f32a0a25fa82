using System;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>A group on a loop that was cancelled tells of a body that goes on.</summary>
public sealed class StuckBodyTests
{
    private readonly Reports _reports = new();

    [Fact]
    public void A_body_that_a_shield_keeps_is_reported_once_with_what_it_waits_for()
    {
        Run(Options("slow"), async _ => await Coroutine.ShieldAsync(async _ => await Coroutine.Sleep(Minutes(5))));
        var report = Assert.IsType<TimeoutException>(Assert.Single(_reports.Exceptions));
        Assert.Contains("CoroutineGroup 'slow'", report.Message);
        Assert.Contains("00:00:30", report.Message);
        Assert.Contains("waits for Coroutine.Sleep", report.Message);
    }

    [Fact]
    public void A_body_that_awaits_what_knows_no_scope_is_reported()
    {
        var gate = new TaskCompletionSource();
        var options = Options("foreign");
        options.StuckBodyWarning = TimeSpan.Zero;
        options.OnUnobservedException = (name, exception) =>
        {
            _reports.Add(name, exception);
            gate.SetResult();
        };
        Run(options, async _ => await gate.Task);
        Assert.Contains("waits for", Assert.Single(_reports.Exceptions).Message);
    }

    [Fact]
    public void A_body_that_ends_when_it_is_cancelled_is_not_and_no_time_passes()
    {
        Run(Options("quick"), async _ => await Coroutine.SleepForever(), TimeSpan.Zero);
        Assert.Empty(_reports.All);
    }

    [Fact]
    public void Children_that_take_long_are_not_the_body()
    {
        Run(
            Options("children"),
            async group =>
            {
                group.Spawn(Coroutine.ShieldAsync(async _ => await Coroutine.Sleep(Minutes(5))));
                await Coroutine.SleepForever();
            });
        Assert.Empty(_reports.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_is_told_who_does_not_want_to_know(bool isInfinite)
    {
        var options = Options("silent");
        options.StuckBodyWarning = isInfinite ? Timeout.InfiniteTimeSpan : null;
        Run(options, async _ => await Coroutine.ShieldAsync(async _ => await Coroutine.Sleep(Minutes(5))));
        Assert.Empty(_reports.All);
    }

    private static TimeSpan Minutes(int minutes) => TimeSpan.FromMinutes(minutes);

    private static void Run(
        TaskGroupOptions options,
        Func<CoroutineGroup, Coroutine> body,
        TimeSpan? expected = null) => OnLoop.Run(async () =>
    {
        await CoroutineGroup.RunAsync(
            group =>
            {
                group.CancelScope.Cancel();
                return body(group);
            },
            options);
        Assert.Equal(expected ?? OnLoop.Now, OnLoop.Now);
    });

    private TaskGroupOptions Options(string name) => new() { Name = name, OnUnobservedException = _reports.Add };
}
