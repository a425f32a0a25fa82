using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Io;

/// <summary>Connections: bytes, back-pressure, cancellation, ends.</summary>
public sealed class TcpConnectionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task S2_02_A_client_sends_a_request_and_reads_to_the_end(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var address = await TcpServer.ServeAsync(OnSockets.AnyPort, Answer, group);
            using var connection = await TcpConnection.ConnectAsync(address);
            Assert.Equal(address, connection.RemoteEndPoint);
            await connection.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
            var response = await ReadToEndAsync(connection);
            Assert.Equal("HTTP/1.0 200 OK\r\n\r\nhéllo", response);
            group.CancelScope.Cancel();

            static async Coroutine Answer(TcpConnection connection)
            {
                var buffer = new byte[100];
                var count = await connection.ReadAsync(buffer);
                Assert.Equal("GET / HTTP/1.0\r\n\r\n", Encoding.UTF8.GetString(buffer, 0, count));
                await connection.WriteAsync(Encoding.UTF8.GetBytes("HTTP/1.0 200 OK\r\n\r\nhéllo"));
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task S2_04_Two_requests_are_in_flight_and_answered_in_the_order_of_the_arguments(bool portable) =>
        OnSockets.Run(portable, () => CoroutineGroup.RunAsync(async group =>
        {
            var both = new AsyncEvent();
            var requests = 0;
            var address = await TcpServer.ServeAsync(OnSockets.AnyPort, Answer, group);
            var (first, second) = await Coroutine.GatherAsync(Get("one"), Get("two"));
            Assert.Equal(("answer to one", "answer to two"), (first, second));
            group.CancelScope.Cancel();

            async Coroutine<string> Get(string what)
            {
                using var connection = await TcpConnection.ConnectAsync(address);
                await connection.WriteAsync(Encoding.UTF8.GetBytes(what));
                return await ReadToEndAsync(connection);
            }

            // Nobody is answered before both have asked.
            async Coroutine Answer(TcpConnection connection)
            {
                var buffer = new byte[100];
                var what = Encoding.UTF8.GetString(buffer, 0, await connection.ReadAsync(buffer));
                if (++requests == 2)
                    both.Set();
                await both.WaitAsync();
                await connection.WriteAsync(Encoding.UTF8.GetBytes($"answer to {what}"));
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Io_Streaming_BackPressure(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            const int Total = 10 * 1024 * 1024;
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var digests = new List<string>();
            await CoroutineGroup.RunAsync(async ends =>
            {
                ends.Spawn(Write(here, seed: 1));
                ends.Spawn(Write(there, seed: 2));
                ends.Spawn(Read(here));
                ends.Spawn(Read(there));
                await Coroutine.Yield();
            });
            digests.Sort();
            Assert.Equal(2, digests.Count);
            var expected = new List<string> { Digest(seed: 1), Digest(seed: 2) };
            expected.Sort();
            Assert.Equal(expected, digests);
            group.CancelScope.Cancel();

            static async Coroutine Write(TcpConnection connection, int seed)
            {
                var (random, chunk) = (new Random(seed), new byte[40_000]);
                for (var left = Total; left > 0; left -= chunk.Length)
                {
                    random.NextBytes(chunk);
                    await connection.WriteAsync(chunk.AsMemory(0, Math.Min(left, chunk.Length)));
                }
                connection.ShutdownWrite();
            }

            async Coroutine Read(TcpConnection connection)
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var (buffer, total) = (new byte[30_000], 0);
                while (await connection.ReadAsync(buffer) is > 0 and var count)
                {
                    hash.AppendData(buffer, 0, count);
                    total += count;
                }
                Assert.Equal(Total, total);
                digests.Add(Convert.ToHexString(hash.GetHashAndReset()));
            }

            static string Digest(int seed)
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var (random, chunk) = (new Random(seed), new byte[40_000]);
                for (var left = Total; left > 0; left -= chunk.Length)
                {
                    random.NextBytes(chunk);
                    hash.AppendData(chunk, 0, Math.Min(left, chunk.Length));
                }
                return Convert.ToHexString(hash.GetHashAndReset());
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_writer_waits_while_the_other_end_does_not_read(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var written = 0;
            var writer = group.Run(Write());
            await EventLoop.WaitAllTasksBlockedAsync();
            var before = written;
            Assert.InRange(before, 1, 63);
            var buffer = new byte[1024 * 1024];
            while (written == before)
                Assert.NotEqual(0, await there.ReadAsync(buffer));
            writer.Cancel();
            group.CancelScope.Cancel();

            async Coroutine Write()
            {
                var megabyte = new byte[1024 * 1024];
                for (; written < 64; written++)
                    await here.WriteAsync(megabyte);
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_read_is_cancelled_by_its_scope_without_a_token(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var buffer = new byte[10];
            Assert.False(await Coroutine.MoveOnAfterAsync(
                TimeSpan.FromMilliseconds(1), async _ => await here.ReadAsync(buffer)));
            await there.WriteAsync("abc"u8.ToArray());
            await Coroutine.MoveOnAfterAsync(Timeout.InfiniteTimeSpan, async scope =>
            {
                scope.Cancel();
                for (var turn = 0; turn < 2; turn++)
                {
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(
                        async () => await here.ReadAsync(buffer));
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(
                        async () => await here.WriteAsync(buffer));
                }
            });
            Assert.Equal(3, await here.ReadAsync(buffer));
            Assert.Equal("abc", Encoding.UTF8.GetString(buffer, 0, 3));
            group.CancelScope.Cancel();
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_connection_that_is_disposed_ends_its_waits(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            for (var turn = 0; turn < 2; turn++)
            {
                var (here, there) = await OnSockets.ConnectPairAsync(group);
                var reader = group.Run(Expect(here));
                await EventLoop.WaitAllTasksBlockedAsync();
                if (turn == 0)
                    here.Dispose();
                else
                    await Task.Run(here.Dispose);
                await reader;
                here.Dispose();
                Assert.Equal(0, await there.ReadAsync(new byte[1]));
                await Expect(here);
                Assert.Throws<ObjectDisposedException>(here.ShutdownWrite);
            }
            group.CancelScope.Cancel();

            static async Coroutine Expect(TcpConnection connection)
            {
                try
                {
                    await connection.ReadAsync(new byte[1]);
                    Assert.Fail("The read has ended.");
                }
                catch (ObjectDisposedException)
                {
                }
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Two_that_read_at_once_are_refused_and_one_may_write_meanwhile(bool portable) =>
        OnSockets.Run(portable, () => CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var buffer = new byte[10];
            var reader = group.Run(Read());
            await EventLoop.WaitAllTasksBlockedAsync();
            Assert.Throws<InvalidOperationException>(() => { _ = here.ReadAsync(buffer); });
            await here.WriteAsync("ping"u8.ToArray());
            Assert.Equal(4, await there.ReadAsync(new byte[10]));
            await there.WriteAsync("pong!"u8.ToArray());
            Assert.Equal(5, await reader);
            group.CancelScope.Cancel();

            async Coroutine<int> Read() => await here.ReadAsync(buffer);
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Half_a_connection_goes_on_and_its_end_stays_one(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var buffer = new byte[10];
            await here.WriteAsync("last"u8.ToArray());
            here.ShutdownWrite();
            Assert.Equal(4, await there.ReadAsync(buffer));
            for (var turn = 0; turn < 3; turn++)
                Assert.Equal(0, await there.ReadAsync(buffer));
            await there.WriteAsync("answer"u8.ToArray());
            Assert.Equal(0, await here.ReadAsync(Memory<byte>.Empty));
            Assert.Equal(6, await here.ReadAsync(buffer));
            group.CancelScope.Cancel();
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_connection_that_breaks_throws(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(OnSockets.AnyPort);
            listener.Listen();
            var address = listener.LocalEndPoint!;
            using var here = await TcpConnection.ConnectAsync(address);
            var there = listener.Accept();
            listener.Dispose();
            var reader = group.Run(Read());
            await EventLoop.WaitAllTasksBlockedAsync();
            there.LingerState = new LingerOption(enable: true, seconds: 0);
            there.Dispose();
            Assert.Equal(SocketError.ConnectionReset, await reader);
            var refused = await Assert.ThrowsAsync<SocketException>(
                async () => await TcpConnection.ConnectAsync(address));
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);

            async Coroutine<SocketError> Read()
            {
                try
                {
                    await here.ReadAsync(new byte[1]);
                    return SocketError.Success;
                }
                catch (SocketException exception)
                {
                    return exception.SocketErrorCode;
                }
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Names_and_unix_sockets_are_connected_to_as_well(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var address = (IPEndPoint)await TcpServer.ServeAsync(OnSockets.AnyPort, Greet, group);
            using (var named = await TcpConnection.ConnectAsync(new DnsEndPoint("localhost", address.Port)))
                Assert.Equal("hello", await ReadToEndAsync(named));
            var path = Path.Combine(Path.GetTempPath(), $"scoped-{Guid.NewGuid():N}");
            var unix = await TcpServer.ServeAsync(new UnixDomainSocketEndPoint(path), Greet, group);
            using (var local = await TcpConnection.ConnectAsync(unix))
                Assert.Equal("hello", await ReadToEndAsync(local));
            File.Delete(path);
            group.CancelScope.Cancel();

            static async Coroutine Greet(TcpConnection connection) =>
                await connection.WriteAsync("hello"u8.ToArray());
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Who_always_finds_something_does_not_keep_the_others_from_running(bool portable) =>
        OnSockets.Run(portable, () => CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var turns = 0;
            await there.WriteAsync(new byte[10_000]);
            var other = group.Run(Count());
            for (var index = 0; index < 10_000; index++)
                Assert.Equal(1, await here.ReadAsync(new byte[1]));
            Assert.InRange(turns, 10, int.MaxValue);
            other.Cancel();
            group.CancelScope.Cancel();

            async Coroutine Count()
            {
                while (true)
                {
                    turns++;
                    await Coroutine.Yield();
                }
            }
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Ordinary_task_code_on_the_loop_reads_and_writes_too(bool portable) => OnSockets.Run(portable, () =>
        CoroutineGroup.RunAsync(async group =>
        {
            var (here, there) = await OnSockets.ConnectPairAsync(group);
            var thread = Environment.CurrentManagedThreadId;
            var echo = EchoAsync(there);
            await here.WriteAsync("abc"u8.ToArray());
            here.ShutdownWrite();
            Assert.Equal("abc", await ReadToEndAsync(here));
            Assert.Equal(thread, await echo);
            group.CancelScope.Cancel();

            static async Task<int> EchoAsync(TcpConnection connection)
            {
                var buffer = new byte[10];
                while (await connection.ReadAsync(buffer) is > 0 and var count)
                    await connection.WriteAsync(buffer.AsMemory(0, count));
                connection.ShutdownWrite();
                return Environment.CurrentManagedThreadId;
            }
        }));

    private static async Coroutine<string> ReadToEndAsync(TcpConnection connection)
    {
        using var all = new MemoryStream();
        var buffer = new byte[7];
        while (await connection.ReadAsync(buffer) is > 0 and var count)
            all.Write(buffer, 0, count);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
