using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Loop;

/// <summary>Signals that ask the process to end, sent for real; on Windows processes do not send them.</summary>
public sealed class InterruptTests
{
    private const int Sigint = 2;
    private const int Sigterm = 15;

    private static readonly EventLoopOptions s_interruptible = new() { HandleConsoleInterrupt = true };

    private readonly List<string> _log = [];

    [Theory]
    [InlineData(Sigint)]
    [InlineData(Sigterm)]
    public void Interrupt_DeliveredToMain(int signal)
    {
        if (!Signals.Arrive)
            return;
        Assert.Throws<EventLoopInterruptedException>(() => EventLoop.Run(Main(), s_interruptible));
        Assert.Equal(["child", "main"], _log.Order());

        Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(SleepAndTell("child"));
            await Coroutine.Yield();
            Raise(signal);
            await SleepAndTell("main");
        });

        async Coroutine SleepAndTell(string name)
        {
            try
            {
                await Coroutine.SleepForever();
            }
            catch (OperationCanceledException)
            {
                _log.Add(name);
                throw;
            }
        }
    }

    [Fact]
    public void An_interrupt_comes_before_a_cancelled_scope()
    {
        if (!Signals.Arrive)
            return;
        Assert.Throws<EventLoopInterruptedException>(() => EventLoop.Run(Main(), s_interruptible));
        Assert.Empty(_log);

        async Coroutine Main()
        {
            await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, async scope =>
            {
                Raise(Sigint);
                await UntilInterrupted();
                scope.Cancel();
                await Coroutine.SleepForever();
            });
            await Coroutine.Checkpoint();
            _log.Add("went on");
        }
    }

    [Fact]
    public void Another_failure_of_main_wins_over_the_interrupt()
    {
        if (!Signals.Arrive)
            return;
        Assert.Throws<FormatException>(() => EventLoop.Run(Main(), s_interruptible));

        static async Coroutine Main()
        {
            Raise(Sigint);
            try
            {
                await Coroutine.SleepForever();
            }
            catch (OperationCanceledException)
            {
                throw new FormatException();
            }
        }
    }

    [Fact]
    public void Interrupt_EarlyAndLate()
    {
        if (!Signals.Arrive)
            return;
        var early = new EventLoopOptions { HandleConsoleInterrupt = true, Instruments = [new RaisesAtFirst()] };
        Assert.Throws<EventLoopInterruptedException>(() => EventLoop.Run(Sleeps(), early));

        using var loop = new EventLoop(s_interruptible);
        Assert.Throws<EventLoopInterruptedException>(() => loop.RunUntilComplete(EndsBeforeItsGuest(loop)));

        static async Coroutine Sleeps() => await Coroutine.SleepForever();

        // Main has ended when the signal comes: its guest is still cleaning up.
        static async Coroutine EndsBeforeItsGuest(EventLoop loop)
        {
            var isThere = new Future<int>();
            var guest = loop.InvokeAsync(() => Guest(isThere));
            await isThere;
            Assert.False(guest.IsCompleted);
        }

        static async Coroutine Guest(Future<int> isThere)
        {
            try
            {
                isThere.SetResult(1);
                await Coroutine.SleepForever();
            }
            finally
            {
                await Coroutine.ShieldAsync(async _ =>
                {
                    Raise(Sigint);
                    await UntilInterrupted();
                });
            }
        }
    }

    // The signal comes on a thread of its own.
    private static async Coroutine UntilInterrupted()
    {
        await Coroutine.ShieldAsync(async _ =>
        {
            while (!EventLoop.Current!.ToString().StartsWith("EventLoop: interrupted", StringComparison.Ordinal))
                await Coroutine.Sleep(TimeSpan.FromMilliseconds(1));
        });
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private static void Raise(int signal) => Assert.Equal(0, Kill(Environment.ProcessId, signal));

    /// <summary>Sends the signal before the main coroutine has run.</summary>
    private sealed class RaisesAtFirst : IEventLoopInstrument
    {
        public void TaskSpawned(TaskNode task) => Raise(Sigint);
    }
}
