using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>A cancellation passes frames that could do nothing about it, and reaches all that could.</summary>
public sealed class PassedCancellationTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Frames_without_handlers_are_left_and_run_nothing() => Cancel(
        () => Outer(),
        [],
        CoroutineStatus.Canceled);

    [Fact]
    public void A_catch_above_them_gets_it_once_and_goes_on() => Cancel(
        async () =>
        {
            try
            {
                await Outer();
            }
            catch (OperationCanceledException)
            {
                _log.Add("caught");
            }
        },
        ["caught"],
        CoroutineStatus.RanToCompletion);

    [Fact]
    public void A_finally_between_them_runs_from_inside_out() => Cancel(
        async () =>
        {
            try
            {
                await Cleaning("inner");
            }
            finally
            {
                _log.Add("outer");
            }
        },
        ["inner", "outer"],
        CoroutineStatus.Canceled);

    [Fact]
    public void A_resource_of_a_using_is_disposed() => Cancel(
        async () =>
        {
            using var resource = new Resource(_log);
            await Outer();
        },
        ["disposed"],
        CoroutineStatus.Canceled);

    [Fact]
    public void Who_waits_for_a_future_of_a_task_that_passes_it_is_told() => Cancel(
        async () =>
        {
            var never = new Future<int>();
            _log.Add($"{await never}");
        },
        [],
        CoroutineStatus.Canceled);

    [Fact]
    public void A_task_that_awaits_it_is_canceled() => Cancel(
        async () => await Awaiting(),
        ["task"],
        CoroutineStatus.Canceled);

    // The code after a shielded wait still runs: nothing was cancelled there.
    [Fact]
    public void A_shield_keeps_frames_without_handlers() => Cancel(
        async () =>
        {
            await Coroutine.ShieldAsync(async _ => await Coroutine.Sleep(OnLoop.Seconds(1)));
            _log.Add("shielded");
            await Outer();
        },
        ["shielded"],
        CoroutineStatus.Canceled);

    private void Cancel(Func<Coroutine> body, string[] expected, CoroutineStatus status)
    {
        Coroutine? child = null;
        OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(child = body());
            await EventLoop.WaitAllTasksBlockedAsync();
            group.CancelScope.Cancel();
        }));
        Assert.Equal(expected, _log);
        Assert.Equal(status, child!.Status);
    }

    private async Coroutine Outer()
    {
        await Middle();
        _log.Add("after the middle");
    }

    private async Coroutine Middle()
    {
        await Coroutine.SleepForever();
        _log.Add("after the sleep");
    }

    private async Coroutine Cleaning(string name)
    {
        try
        {
            await Outer();
        }
        finally
        {
            _log.Add(name);
        }
    }

    private async Task Awaiting()
    {
        try
        {
            await Outer();
        }
        finally
        {
            _log.Add("task");
        }
    }

    private sealed class Resource(List<string> log) : IDisposable
    {
        public void Dispose() => log.Add("disposed");
    }
}
