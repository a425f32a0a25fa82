using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Io;

/// <summary>Sockets that break, are closed by others, or come at a bad moment.</summary>
public sealed class AdversityTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_socket_that_another_thread_disposes_ends_the_wait_though_the_loop_never_sleeps(bool portable) =>
        OnSockets.Run(portable, async () =>
        {
            var (here, there) = OnSockets.NewPair();
            using var other = there;
            await CoroutineGroup.RunAsync(async group =>
            {
                var reader = group.Run(ExpectDisposed(EventLoop.WaitReadableAsync(here)));
                await EventLoop.WaitAllTasksBlockedAsync();
                await Task.Run(here.Dispose);
                while (!reader.IsCompleted)
                    await Coroutine.Yield();
            });
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_socket_that_another_thread_disposes_ends_the_wait_though_a_host_runs_the_loop(bool portable)
    {
        var (here, there) = OnSockets.NewPair();
        using var other = there;
        using var loop = new EventLoop(new EventLoopOptions { PortableIo = portable });
        var reader = loop.InvokeAsync(() => ExpectDisposed(EventLoop.WaitReadableAsync(here)));
        while (loop.GetStatistics().ExternalOperations == 0)
            loop.RunOnce(TimeSpan.Zero);
        var disposing = Task.Run(here.Dispose);
        var limit = Stopwatch.StartNew();
        while (!reader.IsCompleted && limit.Elapsed < TimeSpan.FromMinutes(1))
            loop.RunOnce(TimeSpan.Zero);
        await reader.Soon();
        await disposing.Soon();
    }

    [Fact]
    public Task A_file_that_lives_on_elsewhere_does_not_keep_the_loop_awake() =>
        OnSockets.Run(portable: false, async () =>
        {
            if (!OperatingSystem.IsLinux())
                return;
            var (here, there) = OnSockets.NewPair();
            using var other = there;
            using var copy = new SafeFileHandle(Dup((int)here.SafeHandle.DangerousGetHandle()), ownsHandle: true);
            await CoroutineGroup.RunAsync(async group =>
            {
                var reader = group.Run(ExpectDisposed(EventLoop.WaitReadableAsync(here)));
                await EventLoop.WaitAllTasksBlockedAsync();
                here.Dispose();
                await reader;
            });
            there.Send([1]);
            var loop = EventLoop.Current!;
            await Coroutine.Yield();
            var before = loop.GetStatistics().IdleWaits;
            for (var turn = 0; turn < 3; turn++)
                await Coroutine.Sleep(TimeSpan.FromMilliseconds(20));
            Assert.InRange(loop.GetStatistics().IdleWaits - before, 3, 10);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_socket_with_the_number_of_one_that_was_disposed_is_not_taken_for_it(bool portable) =>
        OnSockets.Run(portable, async () =>
        {
            for (var turn = 0; turn < 50; turn++)
            {
                var (old, oldThere) = OnSockets.NewPair();
                using var oldOther = oldThere;
                await CoroutineGroup.RunAsync(async group =>
                {
                    var first = group.Run(ExpectDisposed(EventLoop.WaitReadableAsync(old)));
                    await EventLoop.WaitAllTasksBlockedAsync();
                    old.Dispose();
                    var (here, there) = OnSockets.NewPair();
                    using var one = here;
                    using var other = there;
                    var next = group.Run(EventLoop.WaitReadableAsync(here));
                    await first;
                    await EventLoop.WaitAllTasksBlockedAsync();
                    Assert.False(next.IsCompleted);
                    there.Send([1]);
                    await next;
                });
            }
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_write_that_waits_ends_when_its_connection_is_disposed(bool portable) =>
        OnSockets.Run(portable, () => CoroutineGroup.RunAsync(async group =>
        {
            for (var turn = 0; turn < 2; turn++)
            {
                var (here, _) = await OnSockets.ConnectPairAsync(group);
                var writer = group.Run(ExpectDisposed(WriteAsync(here)));
                await EventLoop.WaitAllTasksBlockedAsync();
                if (turn == 0)
                    here.Dispose();
                else
                    await Task.Run(here.Dispose);
                await writer;
                await ExpectDisposed(WriteAsync(here));
            }
            group.CancelScope.Cancel();

            static async Coroutine WriteAsync(TcpConnection connection) =>
                await connection.WriteAsync(new byte[64 * 1024 * 1024]);
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_write_that_is_cancelled_lets_the_next_one_begin(bool portable) =>
        OnSockets.Run(portable, () => CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            Assert.False(await Coroutine.MoveOnAfterAsync(
                TimeSpan.FromMilliseconds(1), async _ => await here.WriteAsync(new byte[64 * 1024 * 1024])));
            await here.WriteAsync(ReadOnlyMemory<byte>.Empty);
            var last = group.Run(WriteLast());
            var (buffer, end) = (new byte[1024 * 1024], (byte)0);
            while (await there.ReadAsync(buffer) is > 0 and var count)
                end = buffer[count - 1];
            Assert.Equal(7, end);
            await last;
            group.CancelScope.Cancel();

            async Coroutine WriteLast()
            {
                await here.WriteAsync(new byte[] { 7 });
                here.ShutdownWrite();
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_write_to_an_end_that_has_gone_throws_and_goes_on_throwing(bool portable) =>
        OnSockets.Run(portable, () => CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var writer = group.Run(WriteAsync());
            await EventLoop.WaitAllTasksBlockedAsync();
            there.Dispose();
            await writer;
            await WriteAsync();
            Assert.NotNull(here.RemoteEndPoint);
            here.ShutdownWrite();
            group.CancelScope.Cancel();

            async Coroutine WriteAsync()
            {
                try
                {
                    await here.WriteAsync(new byte[64 * 1024 * 1024]);
                    Assert.Fail("The write has ended.");
                }
                catch (SocketException exception)
                {
                    Assert.Contains(
                        exception.SocketErrorCode,
                        new[] { SocketError.ConnectionReset, SocketError.Shutdown, SocketError.ConnectionAborted });
                }
            }
        }));

    [Fact]
    public Task No_byte_is_lost_to_reads_that_are_cancelled() =>
        OnSockets.Run(portable: false, () => CoroutineGroup.RunAsync(async group =>
        {
            if (!OperatingSystem.IsLinux())
                return;
            const int Total = 2_000;
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            group.Spawn(WriteAsync());
            var (next, buffer, random) = (0, new byte[7], new Random(1));
            while (next < Total)
            {
                var count = 0;
                await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, async scope =>
                {
                    EventLoop.Current!.CallLater(
                        TimeSpan.FromMicroseconds(random.Next(1000)), () => scope.Cancel());
                    count = await here.ReadAsync(buffer);
                });
                for (var index = 0; index < count; index++)
                    Assert.Equal((byte)next++, buffer[index]);
            }
            group.CancelScope.Cancel();

            async Coroutine WriteAsync()
            {
                for (var value = 0; value < Total; value++)
                {
                    await there.WriteAsync(new[] { (byte)value });
                    if (value % 10 == 0)
                        await Coroutine.Sleep(TimeSpan.FromMicroseconds(500));
                }
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task What_follows_urgent_bytes_is_read(bool portable) => OnSockets.Run(portable, async () =>
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(OnSockets.AnyPort);
        listener.Listen();
        using var here = await TcpConnection.ConnectAsync(listener.LocalEndPoint!);
        using var there = listener.Accept();
        there.Send("ab"u8);
        there.Send("c"u8, SocketFlags.OutOfBand);
        there.Send("de"u8);
        // The loop is told of all of it, before somebody reads.
        await Coroutine.Sleep(TimeSpan.FromMilliseconds(1));
        var buffer = new byte[10];
        var text = "";
        while (!text.EndsWith("de"))
            text += System.Text.Encoding.UTF8.GetString(buffer, 0, await here.ReadAsync(buffer));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Who_connects_to_a_unix_socket_whose_queue_is_full_waits_for_room(bool portable) =>
        OnSockets.Run(portable, async () =>
        {
            if (!OperatingSystem.IsLinux())
                return;
            var path = Path.Combine(Path.GetTempPath(), $"scoped-{Guid.NewGuid():N}");
            var address = new UnixDomainSocketEndPoint(path);
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(address);
            listener.Listen(1);
            var others = new List<Socket>();
            while (TryConnect(address, others))
                Assert.InRange(others.Count, 0, 100);
            Assert.False(await Coroutine.MoveOnAfterAsync(
                TimeSpan.FromMilliseconds(1), async _ => await TcpConnection.ConnectAsync(address)));
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(TalkAsync());
                await EventLoop.WaitAllTasksBlockedAsync();
                foreach (var other in others)
                {
                    other.Dispose();
                    listener.Accept().Dispose();
                }
                await EventLoop.WaitReadableAsync(listener);
                using var there = listener.Accept();
                there.Send([1]);
            });

            async Coroutine TalkAsync()
            {
                using var connection = await TcpConnection.ConnectAsync(address);
                Assert.Equal(1, await connection.ReadAsync(new byte[10]));
            }
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_socket_failure_of_a_callback_is_the_groups(bool portable) => OnSockets.Run(portable, async () =>
    {
        var told = new List<Exception?>();
        var failure = await Assert.ThrowsAsync<SocketException>(async () => await CoroutineGroup.RunAsync(async group =>
        {
            var address = await TcpServer.ServeAsync(OnSockets.AnyPort, () => new Throwing(told), group);
            using var connection = await TcpConnection.ConnectAsync(address);
            await connection.WriteAsync(new byte[1]);
            await Coroutine.SleepForever();
        }));
        Assert.Equal(SocketError.HostNotFound, failure.SocketErrorCode);
        Assert.Equal([null], told);
    });

    [Fact]
    public Task A_file_that_epoll_refuses_is_an_exception_and_no_hang() => OnSockets.Run(portable: false, async () =>
    {
        if (!OperatingSystem.IsLinux())
            return;
        var path = Path.GetTempFileName();
        using (var file = File.OpenHandle(path))
        using (var pipe = new SafePipeHandle(file.DangerousGetHandle(), ownsHandle: false))
        {
            for (var turn = 0; turn < 2; turn++)
                await Assert.ThrowsAsync<Win32Exception>(async () => await EventLoop.WaitPipeReadableAsync(pipe));
        }
        File.Delete(path);
        Assert.Equal(0, EventLoop.Current!.GetStatistics().ExternalOperations);
    });

    [Fact]
    public Task Children_of_the_process_inherit_nothing_of_the_loop() => OnSockets.Run(portable: false, async () =>
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (here, there) = OnSockets.NewPair();
        using var one = here;
        using var other = there;
        await EventLoop.WaitWritableAsync(here);
        var start = new ProcessStartInfo("ls", "-l /proc/self/fd") { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var files = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Contains("->", files);
        Assert.DoesNotContain("anon_inode", files);
    });

    [Fact]
    public Task A_signal_does_not_end_a_wait() => OnSockets.Run(portable: false, async () =>
    {
        if (!OperatingSystem.IsLinux())
            return;
        var signals = 0;
        using var registration = PosixSignalRegistration.Create(
            PosixSignal.SIGCONT, _ => Interlocked.Increment(ref signals));
        var (here, there) = OnSockets.NewPair();
        using var one = here;
        using var other = there;
        var thread = PthreadSelf();
        await CoroutineGroup.RunAsync(async group =>
        {
            var reader = group.Run(EventLoop.WaitReadableAsync(here));
            await EventLoop.WaitAllTasksBlockedAsync();
            var asleep = Stopwatch.StartNew();
            var sleeper = group.Run(Sleep());
            await Task.Run(() =>
            {
                for (var turn = 0; turn < 20; turn++)
                    Assert.Equal(0, PthreadKill(thread, Sigcont));
            });
            await sleeper;
            Assert.True(asleep.Elapsed >= TimeSpan.FromMilliseconds(50), $"{asleep.Elapsed}");
            Assert.False(reader.IsCompleted);
            there.Send([1]);
            await reader;
        });
        while (Volatile.Read(ref signals) == 0)
            await Coroutine.Yield();

        static async Coroutine Sleep() => await Coroutine.Sleep(TimeSpan.FromMilliseconds(50));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Connections_that_come_and_go_at_once_are_all_served(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var (served, answers) = (0, 0);
            var address = await TcpServer.ServeAsync(OnSockets.AnyPort, ServeAsync, group);
            await CoroutineGroup.RunAsync(async clients =>
            {
                for (var client = 0; client < 20; client++)
                    clients.Spawn(ComeAndGoAsync(client));
                await Coroutine.Yield();
            });
            Assert.Equal(200, answers);
            while (served < 400)
                await Coroutine.Yield();
            group.CancelScope.Cancel();

            async Coroutine ServeAsync(TcpConnection connection)
            {
                try
                {
                    var buffer = new byte[10];
                    while (await connection.ReadAsync(buffer) is > 0 and var count)
                        await connection.WriteAsync(buffer.AsMemory(0, count));
                }
                catch (SocketException)
                {
                }
                served++;
            }

            async Coroutine ComeAndGoAsync(int client)
            {
                var (sent, buffer) = (new byte[1], new byte[10]);
                for (var turn = 0; turn < 20; turn++)
                {
                    using var connection = await TcpConnection.ConnectAsync(address);
                    sent[0] = (byte)(client * 10 + turn);
                    await connection.WriteAsync(sent);
                    if (turn % 2 == 0)
                        continue;
                    Assert.Equal(1, await connection.ReadAsync(buffer));
                    Assert.Equal(sent[0], buffer[0]);
                    answers++;
                }
            }
        }));

    private const int Sigcont = 18;

    private static async Coroutine ExpectDisposed(Coroutine wait)
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

    private static bool TryConnect(UnixDomainSocketEndPoint address, List<Socket> connected)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(address);
            connected.Add(socket);
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "dup")]
    private static extern int Dup(int file);

    [DllImport("libc", EntryPoint = "pthread_self")]
    private static extern nint PthreadSelf();

    [DllImport("libc", EntryPoint = "pthread_kill")]
    private static extern int PthreadKill(nint thread, int signal);

    private sealed class Throwing(List<Exception?> told) : TcpProtocol
    {
        public override void OnData(ReadOnlyMemory<byte> data) =>
            throw new SocketException((int)SocketError.HostNotFound);

        public override void OnDisconnected(Exception? exception) => told.Add(exception);
    }
}
