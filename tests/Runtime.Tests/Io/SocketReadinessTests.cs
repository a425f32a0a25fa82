using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Io;

/// <summary>Waiting until any socket can be read or written.</summary>
public sealed class SocketReadinessTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Io_WaitReadableWritable(bool portable) => OnSockets.Run(portable, async () =>
    {
        // The room of a network's sockets grows by itself.
        var (here, there) = OnSockets.NewUnixPair();
        using var one = here;
        using var other = there;
        Fill(here);
        var log = new List<string>();
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Log("readable", EventLoop.WaitReadableAsync(here)));
            group.Spawn(Log("writable", EventLoop.WaitWritableAsync(here)));
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Empty(log);
            there.Send([1]);
            await Until(() => log.Count > 0);
            Assert.Equal(["readable"], log);
            while (log.Count < 2)
            {
                Drain(there);
                await Coroutine.Yield();
            }
        });
        Assert.Equal(["readable", "writable"], log);
        Assert.Equal(0, EventLoop.Current!.GetStatistics().ExternalOperations);

        async Coroutine Log(string what, Coroutine wait)
        {
            await wait;
            log.Add(what);
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task As_long_as_nobody_reads_every_wait_ends(bool portable) => OnSockets.Run(portable, async () =>
    {
        var (here, there) = OnSockets.NewPair();
        using var one = here;
        using var other = there;
        await CoroutineGroup.RunAsync(async group =>
        {
            for (var waiter = 0; waiter < 3; waiter++)
                group.Spawn(EventLoop.WaitReadableAsync(here));
            await EventLoop.WaitAllTasksBlockedAsync();
            there.Send([1]);
        });
        for (var turn = 0; turn < 3; turn++)
            await EventLoop.WaitReadableAsync(here);
        Assert.Equal(1, here.Receive(new byte[2]));
        there.Shutdown(SocketShutdown.Send);
        await EventLoop.WaitReadableAsync(here);
        Assert.Equal(0, here.Receive(new byte[2]));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Listeners_and_datagrams_are_waited_for_too(bool portable) => OnSockets.Run(portable, async () =>
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(OnSockets.AnyPort);
        listener.Listen();
        using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        datagrams.Bind(OnSockets.AnyPort);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(EventLoop.WaitReadableAsync(listener));
            group.Spawn(EventLoop.WaitReadableAsync(datagrams));
            await EventLoop.WaitAllTasksBlockedAsync();
            client.Connect(listener.LocalEndPoint!);
            datagrams.SendTo([1, 2], datagrams.LocalEndPoint!);
        });
        using var accepted = listener.Accept();
        Assert.Equal(2, datagrams.Receive(new byte[4]));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_cancelled_wait_leaves_no_trace(bool portable) => OnSockets.Run(portable, async () =>
    {
        var (here, there) = OnSockets.NewPair();
        using var one = here;
        using var other = there;
        await CoroutineGroup.RunAsync(async group =>
        {
            var kept = group.Run(EventLoop.WaitReadableAsync(here));
            var cancelled = group.Run(EventLoop.WaitReadableAsync(here));
            await EventLoop.WaitAllTasksBlockedAsync();
            cancelled.Cancel();
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Equal(CoroutineStatus.Canceled, cancelled.Status);
            Assert.False(kept.IsCompleted);
            there.Send([1]);
            await kept;
        });
        await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, async scope =>
        {
            scope.Cancel();
            for (var turn = 0; turn < 2; turn++)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(
                    async () => await EventLoop.WaitReadableAsync(here));
            }
        });
        Assert.Equal(0, EventLoop.Current!.GetStatistics().ExternalOperations);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_socket_that_is_disposed_ends_the_wait(bool portable) => OnSockets.Run(portable, async () =>
    {
        for (var turn = 0; turn < 3; turn++)
        {
            var (here, there) = OnSockets.NewPair();
            using var other = there;
            await CoroutineGroup.RunAsync(async group =>
            {
                var reader = group.Run(Expect(EventLoop.WaitReadableAsync(here)));
                await EventLoop.WaitAllTasksBlockedAsync();
                if (turn < 2)
                    here.Dispose();
                else
                    await Task.Run(here.Dispose);
                await reader;
            });
            await Expect(EventLoop.WaitReadableAsync(here));
            await Expect(EventLoop.WaitWritableAsync(here));
        }

        static async Coroutine Expect(Coroutine wait)
        {
            try
            {
                await wait;
                Assert.Fail("The wait has ended.");
            }
            catch (ObjectDisposedException)
            {
            }
        }
    });

    [Fact]
    public Task What_other_threads_bring_wakes_a_loop_that_waits_for_sockets() =>
        OnSockets.Run(portable: false, async () =>
        {
            var (here, there) = OnSockets.NewPair();
            using var one = here;
            using var other = there;
            await CoroutineGroup.RunAsync(async group =>
            {
                group.RunService(EventLoop.WaitReadableAsync(here));
                for (var turn = 0; turn < 5_000; turn++)
                    Assert.Equal(turn, await Task.Run(() => turn));
            });
        });

    [Fact]
    public Task It_waits_for_time_and_sockets_in_one_call_and_not_more_often_than_needed() =>
        OnSockets.Run(portable: false, async () =>
        {
            var (here, there) = OnSockets.NewPair();
            using var one = here;
            using var other = there;
            var loop = EventLoop.Current!;
            await CoroutineGroup.RunAsync(async group =>
            {
                group.RunService(EventLoop.WaitReadableAsync(here));
                await Coroutine.Yield();
                var before = loop.GetStatistics().IdleWaits;
                for (var turn = 0; turn < 3; turn++)
                {
                    var asleep = Stopwatch.StartNew();
                    await Coroutine.Sleep(TimeSpan.FromMilliseconds(20));
                    Assert.True(asleep.Elapsed >= TimeSpan.FromMilliseconds(20), $"{asleep.Elapsed}");
                }
                Assert.InRange(loop.GetStatistics().IdleWaits - before, 3, 10);
            });
        });

    [Fact]
    public void S3_06_One_turn_handles_timers_and_sockets()
    {
        var (here, there) = OnSockets.NewPair();
        using var one = here;
        using var other = there;
        var clock = new VirtualClock(autoJump: false);
        using var loop = new EventLoop(new EventLoopOptions { TimeProvider = clock });
        var log = new List<string>();
        loop.CallLater(OnLoop.Seconds(1), () => log.Add("timer"));
        var read = loop.InvokeAsync(Read);
        while (loop.GetStatistics().ExternalOperations == 0)
            loop.RunOnce(TimeSpan.Zero);
        loop.RunOnce(TimeSpan.Zero);
        Assert.Empty(log);
        clock.Advance(OnLoop.Seconds(1));
        there.Send([1]);
        Assert.True(here.Poll(TimeSpan.FromMinutes(1), SelectMode.SelectRead));
        loop.RunOnce(OnLoop.Seconds(60));
        Assert.Contains("timer", log);
        if (OperatingSystem.IsLinux())
            Assert.Contains("socket", log);
        // Elsewhere another thread asks for the socket.
        while (!read.IsCompleted)
            loop.RunOnce(OnLoop.Seconds(60));
        Assert.Contains("socket", log);

        async Coroutine Read()
        {
            await EventLoop.WaitReadableAsync(here);
            log.Add("socket");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_virtual_timeout_ends_a_real_wait_at_once(bool portable)
    {
        var (here, there) = OnSockets.NewPair();
        using var one = here;
        using var other = there;
        EventLoop.Run(
            WaitAsync(here),
            new EventLoopOptions { TimeProvider = new VirtualClock(), PortableIo = portable });

        static async Coroutine WaitAsync(Socket socket)
        {
            Assert.False(await Coroutine.MoveOnAfterAsync(
                OnLoop.Seconds(3600), _ => EventLoop.WaitReadableAsync(socket)));
            Assert.Equal(OnLoop.Seconds(3600), OnLoop.Now);
        }
    }

    [Fact]
    public void What_is_there_comes_before_what_only_time_brings()
    {
        var (here, there) = OnSockets.NewPair();
        using var one = here;
        using var other = there;
        EventLoop.Run(WaitAsync(), new EventLoopOptions { TimeProvider = new VirtualClock() });

        async Coroutine WaitAsync() => await CoroutineGroup.RunAsync(async group =>
        {
            var wait = group.Run(Coroutine.MoveOnAfterAsync(
                OnLoop.Seconds(3600), _ => EventLoop.WaitReadableAsync(here)));
            await Coroutine.Yield();
            await Coroutine.Yield();
            there.Send([1]);
            Assert.True(here.Poll(TimeSpan.FromMinutes(1), SelectMode.SelectRead));
            Assert.True(await wait);
        });
    }

    [Fact]
    public void S2_16_A_user_written_loop_waits_for_three_sockets_and_a_timer()
    {
        var pairs = new[] { OnSockets.NewPair(), OnSockets.NewPair(), OnSockets.NewPair() };
        var log = new List<string>();
        var coroutines = new List<Coroutine> { Sleep() };
        foreach (var (index, (here, there)) in Index(pairs))
        {
            coroutines.Add(Read(index, here));
            there.Send([(byte)(10 * index)]);
        }
        RunAll(coroutines);
        log.Sort();
        Assert.Equal(["socket 0: 0", "socket 1: 10", "socket 2: 20", "timer"], log);
        foreach (var (here, there) in pairs)
        {
            here.Dispose();
            there.Dispose();
        }

        async Coroutine Read(int index, Socket socket)
        {
            await Coroutine.Suspend(socket);
            var buffer = new byte[1];
            socket.Receive(buffer);
            log.Add($"socket {index}: {buffer[0]}");
        }

        async Coroutine Sleep()
        {
            await Coroutine.Suspend(TimeSpan.FromMilliseconds(1));
            log.Add("timer");
        }

        static IEnumerable<(int, T)> Index<T>(T[] items)
        {
            for (var index = 0; index < items.Length; index++)
                yield return (index, items[index]);
        }
    }

    private static void RunAll(List<Coroutine> coroutines)
    {
        var ready = new Queue<CoroutineDriver>();
        var sockets = new Dictionary<Socket, CoroutineDriver>();
        var sleepers = new PriorityQueue<CoroutineDriver, long>();
        foreach (var coroutine in coroutines)
            ready.Enqueue(new CoroutineDriver(coroutine));
        while (ready.Count + sockets.Count + sleepers.Count > 0)
        {
            while (ready.TryDequeue(out var driver))
            {
                if (!driver.Send(null, out var command))
                    driver.Dispose();
                else if (command is Socket socket)
                    sockets.Add(socket, driver);
                else if (command is TimeSpan delay)
                    sleepers.Enqueue(driver, Environment.TickCount64 + (long)delay.TotalMilliseconds);
            }
            var hasSleeper = sleepers.TryPeek(out _, out var due);
            var wait = hasSleeper ? Math.Max(0, due - Environment.TickCount64) : 1000;
            var readable = new List<Socket>(sockets.Keys);
            if (readable.Count > 0)
                Socket.Select(readable, null, null, (int)wait * 1000);
            foreach (var socket in readable)
            {
                sockets.Remove(socket, out var reader);
                ready.Enqueue(reader!);
            }
            if (hasSleeper && due <= Environment.TickCount64)
                ready.Enqueue(sleepers.Dequeue());
        }
    }

    private static void Fill(Socket socket)
    {
        socket.Blocking = false;
        var bytes = new byte[64 * 1024];
        while (socket.Poll(0, SelectMode.SelectWrite))
            socket.Send(bytes, SocketFlags.None, out _);
    }

    private static void Drain(Socket socket)
    {
        var buffer = new byte[64 * 1024];
        while (socket.Poll(0, SelectMode.SelectRead))
            socket.Receive(buffer);
    }

    private static async Coroutine Until(Func<bool> condition)
    {
        while (!condition())
            await Coroutine.Yield();
    }
}
