using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Coroutines;

/// <summary>Coroutines that are driven by hand.</summary>
public sealed class CoroutineDriverTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Each_send_runs_to_the_next_suspension()
    {
        using var driver = new CoroutineDriver(OneOneTwo());
        Assert.True(driver.Send(null, out var first));
        Assert.True(driver.Send(null, out var second));
        Assert.False(driver.Send(null, out _));
        Assert.Equal([1, 1, 2], [first, second, driver.Result]);

        static async Coroutine<int> OneOneTwo()
        {
            await Coroutine.Suspend(1);
            await Coroutine.Suspend(1);
            return 2;
        }
    }

    [Fact]
    public void What_is_sent_is_what_the_await_returns_however_deep()
    {
        using var driver = new CoroutineDriver(Outer());
        driver.Send(null, out var question);
        Assert.Equal("name?", question);
        Assert.False(driver.Send("Ann", out _));
        Assert.Equal("Hello Ann", driver.Result);

        static async Coroutine<string> Outer() => "Hello " + await Middle();

        static async Coroutine<object?> Middle() => await Inner();

        static async Coroutine<object?> Inner() => await Coroutine.Suspend("name?");
    }

    [Fact]
    public void The_first_send_must_be_null()
    {
        using var driver = new CoroutineDriver(Cleanup());
        Assert.Throws<InvalidOperationException>(() => driver.Send(1, out _));
        Assert.True(driver.Send(null, out _));
    }

    [Fact]
    public void A_finished_one_is_not_sent_to()
    {
        using var driver = new CoroutineDriver(Empty());
        Assert.False(driver.Send(null, out _));
        var failure = Assert.Throws<InvalidOperationException>(() => driver.Send(null, out _));
        Assert.Contains("already finished", failure.Message);
    }

    [Fact]
    public void What_it_throws_comes_out_of_send()
    {
        using var driver = new CoroutineDriver(Fail());
        var failure = Assert.Throws<TimeoutException>(() => driver.Send(null, out _));
        Assert.Same(failure, Assert.Throws<TimeoutException>(() => driver.Result));

        static async Coroutine Fail()
        {
            await Task.CompletedTask;
            throw new TimeoutException();
        }
    }

    [Fact]
    public void Throw_throws_where_it_is_suspended()
    {
        using var driver = new CoroutineDriver(Survive());
        driver.Send(null, out _);
        Assert.True(driver.Throw(new TimeoutException("now"), out var command));
        Assert.Equal("caught now", command);
        var failure = new FormatException();
        Assert.Same(failure, Assert.Throws<FormatException>(() => driver.Throw(failure, out _)));

        static async Coroutine Survive()
        {
            var message = "";
            try
            {
                await Coroutine.Suspend(null);
            }
            catch (TimeoutException exception)
            {
                message = exception.Message;
            }
            await Coroutine.Suspend("caught " + message);
        }
    }

    [Fact]
    public void Throwing_into_one_that_has_not_started_ends_it()
    {
        var coroutine = Cleanup();
        using var driver = new CoroutineDriver(coroutine);
        Assert.Throws<FormatException>(() => driver.Throw(new FormatException(), out _));
        Assert.Equal(CoroutineStatus.Faulted, coroutine.Status);
        Assert.Empty(_log);
    }

    [Fact]
    public void Disposing_runs_finally_blocks()
    {
        var coroutine = Cleanup();
        var driver = new CoroutineDriver(coroutine);
        driver.Send(null, out _);
        driver.Dispose();
        driver.Dispose();
        Assert.Equal(["finally"], _log);
        Assert.Equal(CoroutineStatus.Canceled, coroutine.Status);
    }

    [Fact]
    public void Disposing_one_that_has_not_started_runs_nothing()
    {
        var coroutine = Cleanup();
        new CoroutineDriver(coroutine).Dispose();
        Assert.Equal(CoroutineStatus.Canceled, coroutine.Status);
        Assert.Empty(_log);
    }

    [Fact]
    public void Disposing_one_that_suspends_again_is_refused()
    {
        var driver = new CoroutineDriver(Stubborn());
        driver.Send(null, out _);
        var failure = Assert.Throws<InvalidOperationException>(driver.Dispose);
        Assert.Contains("ignored", failure.Message);

        static async Coroutine Stubborn()
        {
            try
            {
                await Coroutine.Suspend(1);
            }
            catch (OperationCanceledException)
            {
                await Coroutine.Suspend(2);
            }
        }
    }

    [Fact]
    public void A_wait_of_a_loop_says_so_where_it_is_awaited()
    {
        using var driver = new CoroutineDriver(Sleepy(_log));
        var failure = Assert.Throws<InvalidOperationException>(() => driver.Send(null, out _));
        Assert.Contains("Coroutine.Sleep", failure.Message);
        Assert.Contains("EventLoop", failure.Message);
        Assert.Equal(["finally"], _log);

        static async Coroutine Sleepy(List<string> log)
        {
            try
            {
                await Coroutine.Sleep(TimeSpan.FromSeconds(1));
            }
            finally
            {
                log.Add("finally");
            }
        }
    }

    [Fact]
    public void A_task_that_has_not_ended_is_named_and_may_be_waited_for()
    {
        var gate = new TaskCompletionSource<int>();
        using var driver = new CoroutineDriver(Wait(gate.Task));
        Assert.Contains("Task", Assert.Throws<InvalidOperationException>(() => driver.Send(null, out _)).Message);
        Assert.Throws<InvalidOperationException>(() => driver.Send(null, out _));
        // With a context of its own around, the platform would tell the driver on another thread, and later.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        gate.SetResult(5);
        SynchronizationContext.SetSynchronizationContext(context);
        Assert.False(driver.Send(null, out _));
        Assert.Equal(5, driver.Result);

        static async Coroutine<int> Wait(Task<int> task) => await task.ConfigureAwait(false);
    }

    [Fact]
    public void Drivers_nest()
    {
        using var outer = new CoroutineDriver(Outer());
        Assert.True(outer.Send(null, out var command));
        Assert.Equal("inner 1", command);
        Assert.False(outer.Send(null, out _));

        static async Coroutine Outer()
        {
            using var inner = new CoroutineDriver(Inner());
            inner.Send(null, out var number);
            await Coroutine.Suspend($"inner {number}");
        }

        static async Coroutine Inner() => await Coroutine.Suspend(1);
    }

    [Fact]
    public void It_does_not_drive_itself()
    {
        CoroutineDriver? driver = null;
        driver = new CoroutineDriver(Self());
        Assert.Contains(
            "already running", Assert.Throws<InvalidOperationException>(() => driver.Send(null, out _)).Message);

        async Coroutine Self()
        {
            await Task.CompletedTask;
            driver!.Send(null, out _);
        }
    }

    [Fact]
    public void The_twelve_lines_of_a_loop_can_be_written_on_it()
    {
        LoopRunUntilComplete(Demo(_log));
        Assert.Equal(["Hi", "you", "!"], _log);

        static async Coroutine Demo(List<string> log)
        {
            await Spawn(Say(log, "Hi"));
            await Spawn(Say(log, "you"));
            log.Add("!");
        }

        static async Coroutine Spawn(Coroutine coroutine) => await Coroutine.Suspend(coroutine);

        static async Coroutine Say(List<string> log, string word)
        {
            await Task.CompletedTask;
            log.Add(word);
        }

        static void LoopRunUntilComplete(Coroutine main)
        {
            List<CoroutineDriver> drivers = [new(main)];
            while (drivers.Count > 0)
            {
                var queue = drivers;
                drivers = [];
                foreach (var driver in queue)
                {
                    if (!driver.Send(null, out var command))
                        continue;
                    if (command is Coroutine child)
                        drivers.Add(new CoroutineDriver(child));
                    drivers.Add(driver);
                }
            }
        }
    }

    private static async Coroutine Empty() => await Task.CompletedTask;

    private async Coroutine Cleanup()
    {
        try
        {
            await Coroutine.Suspend("waiting");
        }
        finally
        {
            _log.Add("finally");
        }
    }
}
