using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Io;

/// <summary>Servers: protocols and handlers, accept errors, limits, ends.</summary>
public sealed class TcpServerTests
{
    private readonly List<string> _log = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task S1_33_A_server_with_protocols_echoes_and_closes_with_its_group(bool portable) =>
        OnSockets.Run(portable, async () =>
        {
            EndPoint? address = null;
            await CoroutineGroup.RunAsync(async group =>
            {
                address = await TcpServer.ServeAsync(OnSockets.AnyPort, () => new Echo(_log), group);
                await ThreeClientsAsync(address);
                await Until(() => _log.Count == 6);
                Assert.Equal(3, _log.Count(line => line == "connected"));
                Assert.Equal(3, _log.Count(line => line == "disconnected"));
                using var last = await TcpConnection.ConnectAsync(address);
                await Until(() => _log.Count == 7);
                group.CancelScope.Cancel();
                await Coroutine.ShieldAsync(async _ => Assert.Equal(0, await last.ReadAsync(new byte[1])));
            });
            Assert.Equal(4, _log.Count(line => line == "disconnected"));
            await Assert.ThrowsAsync<SocketException>(async () => await TcpConnection.ConnectAsync(address!));
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task S1_33_A_server_with_handlers_echoes_and_closes_with_its_group(bool portable) =>
        OnSockets.Run(portable, async () =>
        {
            EndPoint? address = null;
            await CoroutineGroup.RunAsync(async group =>
            {
                address = await TcpServer.ServeAsync(OnSockets.AnyPort, EchoAsync, group);
                await ThreeClientsAsync(address);
                await Until(() => _log.Count == 3);
                using var last = await TcpConnection.ConnectAsync(address);
                await last.WriteAsync("x"u8.ToArray());
                Assert.Equal(1, await last.ReadAsync(new byte[1]));
                group.CancelScope.Cancel();
                await Coroutine.ShieldAsync(async _ => Assert.Equal(0, await last.ReadAsync(new byte[1])));
            });
            Assert.Equal(4, _log.Count);
            await Assert.ThrowsAsync<SocketException>(async () => await TcpConnection.ConnectAsync(address!));
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_group_with_a_limit_serves_so_many_at_once(bool portable) => OnSockets.Run(portable, () =>
    {
        var (inside, peak) = (0, 0);
        return CoroutineGroup.RunAsync(
            async group =>
            {
                var address = await TcpServer.ServeAsync(OnSockets.AnyPort, Serve, group);
                await CoroutineGroup.RunAsync(async clients =>
                {
                    for (var client = 0; client < 6; client++)
                        clients.Spawn(EchoOnceAsync(address, "hi"));
                    await Coroutine.Yield();
                });
                Assert.Equal(2, peak);
                group.CancelScope.Cancel();
            },
            new TaskGroupOptions { MaxConcurrency = 2 });

        async Coroutine Serve(TcpConnection connection)
        {
            peak = Math.Max(peak, ++inside);
            await EchoAsync(connection);
            inside--;
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Who_serves_in_a_shield_finishes_while_nobody_new_is_accepted(bool portable) =>
        OnSockets.Run(portable, async () =>
        {
            var (begun, finish) = (new AsyncEvent(), new AsyncEvent());
            var answer = new byte[10];
            await CoroutineGroup.RunAsync(async outer =>
            {
                var client = new Future<TcpConnection>();
                var address = new Future<EndPoint>();
                await CoroutineGroup.RunAsync(async clients =>
                {
                    clients.Spawn(ServerAsync());
                    var connection = await TcpConnection.ConnectAsync(await address);
                    outer.Own((IAsyncDisposable)connection);
                    await begun.WaitAsync();
                    await Until(() => Refuses(address.Result));
                    finish.Set();
                    Assert.Equal(4, await connection.ReadAsync(answer));

                    async Coroutine ServerAsync() => await CoroutineGroup.RunAsync(async server =>
                    {
                        address.SetResult(await TcpServer.ServeAsync(OnSockets.AnyPort, Serve, server));
                        await begun.WaitAsync();
                        server.CancelScope.Cancel();
                    });
                });
            });
            Assert.Equal("done", Encoding.UTF8.GetString(answer, 0, 4));

            async Coroutine Serve(TcpConnection connection) => await Coroutine.ShieldAsync(async _ =>
            {
                begun.Set();
                await finish.WaitAsync();
                await connection.WriteAsync("done"u8.ToArray());
            });

            static bool Refuses(EndPoint address)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    socket.Connect(address);
                    return false;
                }
                catch (SocketException)
                {
                    return true;
                }
            }
        });

    [Fact]
    public void Serve_AcceptErrorsAndShutdown() => OnLoop.Run(async () =>
    {
        var errors = new Queue<SocketError>(
            [SocketError.ConnectionAborted, SocketError.TooManyOpenSockets, SocketError.AccessDenied]);
        var reports = new List<Exception>();
        var calls = 0;
        var failure = await Assert.ThrowsAsync<SocketException>(async () => await CoroutineGroup.RunAsync(
            async group => await TcpServer.AcceptAllAsync(AcceptAsync, _ => Coroutine.ShieldAsync(Never), group),
            new TaskGroupOptions { OnUnobservedException = (_, exception) => reports.Add(exception) }));
        Assert.Equal(SocketError.AccessDenied, failure.SocketErrorCode);
        var report = Assert.IsType<SocketException>(Assert.Single(reports));
        Assert.Equal(SocketError.TooManyOpenSockets, report.SocketErrorCode);
        Assert.Equal(3, calls);
        // It pauses while there are no means, and not for a client that has gone.
        Assert.Equal(TimeSpan.FromMilliseconds(100), OnLoop.Now);

        async Coroutine<Socket> AcceptAsync()
        {
            calls++;
            await Coroutine.Yield();
            throw new SocketException((int)errors.Dequeue());
        }

        static async Coroutine Never(CancelScope scope) => await Coroutine.SleepForever();
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_handler_that_throws_fails_the_group_unless_that_supervises(bool portable) =>
        OnSockets.Run(portable, async () =>
        {
            await Assert.ThrowsAsync<FormatException>(async () => await CoroutineGroup.RunAsync(async group =>
            {
                var address = await TcpServer.ServeAsync(OnSockets.AnyPort, _ => Throw(), group);
                using var connection = await TcpConnection.ConnectAsync(address);
                await Coroutine.SleepForever();
            }));
            var reports = new List<Exception>();
            var options = TaskGroupOptions.Supervise;
            options.OnUnobservedException = (_, exception) => reports.Add(exception);
            await CoroutineGroup.RunAsync(
                async group =>
                {
                    var address = await TcpServer.ServeAsync(OnSockets.AnyPort, _ => Throw(), group);
                    for (var turn = 0; turn < 2; turn++)
                    {
                        using var connection = await TcpConnection.ConnectAsync(address);
                        Assert.Equal(0, await connection.ReadAsync(new byte[1]));
                    }
                    group.CancelScope.Cancel();
                },
                options);
            Assert.Equal(2, reports.Count);

            static async Coroutine Throw()
            {
                await Coroutine.Yield();
                throw new FormatException();
            }
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_protocol_sends_more_than_there_is_room_for_and_then_closes(bool portable) =>
        OnSockets.Run(portable, () => CoroutineGroup.RunAsync(async group =>
        {
            const int Total = 8 * 1024 * 1024;
            var address = await TcpServer.ServeAsync(OnSockets.AnyPort, () => new Flood(Total, _log), group);
            using var connection = await TcpConnection.ConnectAsync(address);
            var (buffer, total) = (new byte[50_000], 0);
            while (await connection.ReadAsync(buffer) is > 0 and var count)
            {
                for (var index = 0; index < count; index++)
                    Assert.Equal((byte)((total + index) % 251), buffer[index]);
                total += count;
            }
            Assert.Equal(Total, total);
            await Until(() => _log.Count == 1);
            group.CancelScope.Cancel();
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_protocol_is_told_what_broke_its_connection(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var address = await TcpServer.ServeAsync(OnSockets.AnyPort, () => new Echo(_log), group);
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(address);
            await Until(() => _log.Count == 1);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Dispose();
            await Until(() => _log.Count == 2);
            Assert.Equal(["connected", "disconnected: ConnectionReset"], _log);
            group.CancelScope.Cancel();
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Hundreds_of_connections_are_served_at_once(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            const int Count = 300;
            var all = new AsyncEvent();
            var (connected, answers) = (0, 0);
            var address = await TcpServer.ServeAsync(OnSockets.AnyPort, EchoAsync, group);
            await CoroutineGroup.RunAsync(async clients =>
            {
                for (var client = 0; client < Count; client++)
                    clients.Spawn(TalkAsync());
                await Coroutine.Yield();
            });
            Assert.Equal(Count, answers);
            group.CancelScope.Cancel();

            async Coroutine TalkAsync()
            {
                using var connection = await TcpConnection.ConnectAsync(address);
                if (++connected == Count)
                    all.Set();
                await all.WaitAsync();
                var buffer = new byte[10];
                for (var turn = 0; turn < 3; turn++)
                {
                    await connection.WriteAsync("ping"u8.ToArray());
                    Assert.Equal(4, await connection.ReadAsync(buffer));
                }
                answers++;
            }
        }));

    [Fact]
    public void Wrong_arguments_are_refused() => OnLoop.Run(() => CoroutineGroup.RunAsync(async group =>
    {
        await Coroutine.Yield();
        Assert.Throws<ArgumentNullException>(() => TcpServer.ServeAsync(null!, EchoAsync, group));
        Assert.Throws<ArgumentNullException>(() => TcpServer.ServeAsync(OnSockets.AnyPort, EchoAsync, null!));
        Assert.Throws<ArgumentNullException>(
            () => TcpServer.ServeAsync(OnSockets.AnyPort, (Func<TcpProtocol>)null!, group));
        Assert.Throws<ArgumentNullException>(() => TcpConnection.ConnectAsync(null!));
        Assert.Throws<ArgumentNullException>(() => EventLoop.WaitReadableAsync(null!));
    }));

    private static Coroutine ThreeClientsAsync(EndPoint address) => CoroutineGroup.RunAsync(async clients =>
    {
        foreach (var text in new[] { "one", "two", "three" })
            clients.Spawn(EchoOnceAsync(address, text));
        await Coroutine.Yield();
    });

    private static async Coroutine EchoOnceAsync(EndPoint address, string text)
    {
        using var connection = await TcpConnection.ConnectAsync(address);
        await connection.WriteAsync(Encoding.UTF8.GetBytes(text));
        var (buffer, count) = (new byte[100], 0);
        while (count < text.Length)
            count += await connection.ReadAsync(buffer.AsMemory(count));
        Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, count));
    }

    private static async Coroutine Until(Func<bool> condition)
    {
        while (!condition())
            await Coroutine.Yield();
    }

    private async Coroutine EchoAsync(TcpConnection connection)
    {
        try
        {
            var buffer = new byte[100];
            while (await connection.ReadAsync(buffer) is > 0 and var count)
                await connection.WriteAsync(buffer.AsMemory(0, count));
        }
        finally
        {
            _log.Add("served");
        }
    }

    private sealed class Echo(List<string> log) : TcpProtocol
    {
        public override void OnConnected(TcpConnection connection) => log.Add("connected");

        public override void OnData(ReadOnlyMemory<byte> data) => Send(data);

        public override void OnDisconnected(Exception? exception) => log.Add(
            exception is SocketException { SocketErrorCode: var error } ? $"disconnected: {error}" : "disconnected");
    }

    private sealed class Flood(int total, List<string> log) : TcpProtocol
    {
        public override void OnConnected(TcpConnection connection)
        {
            for (var sent = 0; sent < total; sent += 1000)
            {
                var chunk = new byte[Math.Min(1000, total - sent)];
                for (var index = 0; index < chunk.Length; index++)
                    chunk[index] = (byte)((sent + index) % 251);
                Send(chunk);
            }
            Close();
            Send("too late"u8.ToArray());
        }

        public override void OnDisconnected(Exception? exception) => log.Add($"disconnected: {exception}");
    }
}
