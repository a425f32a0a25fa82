using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>64 bytes to a server of the same process, and back.</summary>
[Title("An echo over TCP")]
public class LoopEcho
{
    private const int Count = 500;
    private const int Size = 64;

    private static readonly IPEndPoint s_anyPort = new(IPAddress.Loopback, 0);

    [Benchmark(Baseline = true, Description = "Socket and Task", OperationsPerInvoke = Count)]
    public async Task Tasks()
    {
        await Task.Yield();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(s_anyPort);
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.NoDelay = true;
        await client.ConnectAsync(listener.LocalEndPoint!);
        using var server = await listener.AcceptAsync();
        server.NoDelay = true;
        await Task.WhenAll(AnswerAsync(server), AskAsync(client));
    }

    [Gate(0.8)]
    [Benchmark(Description = "TcpConnection", OperationsPerInvoke = Count)]
    public Task Reactor() => Run(portable: false);

    [Benchmark(Description = "TcpConnection, portable", OperationsPerInvoke = Count)]
    public Task Portable() => Run(portable: true);

    private static Task Run(bool portable)
    {
        EventLoop.Run(
            CoroutineGroup.RunAsync(static async group =>
            {
                var address = await TcpServer.ServeAsync(s_anyPort, Answer, group);
                using (var client = await TcpConnection.ConnectAsync(address))
                    await Ask(client);
                group.CancelScope.Cancel();
            }),
            new EventLoopOptions { PortableIo = portable });
        return Task.CompletedTask;
    }

    private static async Task AskAsync(Socket socket)
    {
        Memory<byte> buffer = new byte[Size];
        for (var turn = 0; turn < Count; turn++)
        {
            await socket.SendAsync(buffer);
            for (var left = Size; left > 0;)
                left -= await socket.ReceiveAsync(buffer[..left]);
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task AnswerAsync(Socket socket)
    {
        Memory<byte> buffer = new byte[Size];
        while (await socket.ReceiveAsync(buffer) is > 0 and var count)
            await socket.SendAsync(buffer[..count]);
    }

    private static async Coroutine Ask(TcpConnection connection)
    {
        Memory<byte> buffer = new byte[Size];
        for (var turn = 0; turn < Count; turn++)
        {
            await connection.WriteAsync(buffer);
            for (var left = Size; left > 0;)
                left -= await connection.ReadAsync(buffer[..left]);
        }
    }

    private static async Coroutine Answer(TcpConnection connection)
    {
        Memory<byte> buffer = new byte[Size];
        while (await connection.ReadAsync(buffer) is > 0 and var count)
            await connection.WriteAsync(buffer[..count]);
    }
}
