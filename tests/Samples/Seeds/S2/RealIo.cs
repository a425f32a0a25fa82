using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Seeds.S2;

/// <summary>Real I/O in place of timers: in a loop that the program writes itself, and in the built-in one.</summary>
internal static class RealIo
{
    [Row("S2-16", "Three sockets and a timer in one select; an echo over TCP and over a pipe", IsReal = true)]
    internal static void Select(TimeProvider clock)
    {
        Console.WriteLine("# select");
        var (one, toOne) = NewPair();
        var (two, toTwo) = NewPair();
        var (three, toThree) = NewPair();
        AsyncRunAll(Read("one", one), Read("two", two), Read("three", three), WriteLater());
        Console.WriteLine("# reactor");
        EventLoop.Run(EchoOverTcp(), By(clock));
        EventLoop.Run(EchoOverAPipe(), By(clock));

        async Coroutine WriteLater()
        {
            foreach (var socket in new[] { toThree, toTwo, toOne })
            {
                await new AsyncTimer(clock, Seconds(0.1));
                Console.WriteLine("timer");
                socket.Send("hello"u8);
                socket.Dispose();
            }
        }

        static async Coroutine Read(string name, Socket socket)
        {
            using var owned = socket;
            await new AsyncReadable(socket);
            var buffer = new byte[100];
            var count = socket.Receive(buffer);
            Console.WriteLine($"{name}: {Encoding.ASCII.GetString(buffer, 0, count)}");
        }

        void AsyncRunAll(params Coroutine[] coroutines)
        {
            var ready = new Queue<CoroutineDriver>(coroutines.Select(coroutine => new CoroutineDriver(coroutine)));
            var readers = new Dictionary<Socket, CoroutineDriver>();
            var sleepers = new PriorityQueue<CoroutineDriver, DateTimeOffset>();
            while (ready.Count + readers.Count + sleepers.Count > 0)
            {
                if (ready.Count == 0)
                    WaitUntilIoReady(ready, readers, sleepers);
                else if (ready.Dequeue() is var coroutine && coroutine.Send(null, out var io))
                    Wait(coroutine, io);
            }

            void Wait(CoroutineDriver coroutine, object? io)
            {
                if (io is AsyncReadable readable)
                    readers.Add(readable.Socket, coroutine);
                else
                    sleepers.Enqueue(coroutine, ((AsyncTimer)io!).DoneTime);
            }
        }

        void WaitUntilIoReady(
            Queue<CoroutineDriver> ready,
            Dictionary<Socket, CoroutineDriver> readers,
            PriorityQueue<CoroutineDriver, DateTimeOffset> sleepers)
        {
            var sockets = readers.Keys.ToList();
            var isTimed = sleepers.TryPeek(out _, out var first);
            var rest = first - clock.GetUtcNow();
            if (sockets.Count == 0)
                clock.SleepUntil(first);
            else if (!isTimed)
                Socket.Select(sockets, null, null, -1);
            else
                Socket.Select(sockets, null, null, rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
            // Only those that can be read are left in the list; without a wait all of them are.
            foreach (var socket in sockets.Where(socket => socket.Poll(0, SelectMode.SelectRead)))
            {
                ready.Enqueue(readers[socket]);
                readers.Remove(socket);
            }
            if (isTimed && first <= clock.GetUtcNow())
                ready.Enqueue(sleepers.Dequeue());
        }
    }

    private static Coroutine EchoOverTcp() => CoroutineGroup.RunAsync(async group =>
    {
        var server = await TcpServer.ServeAsync(
            new IPEndPoint(IPAddress.Loopback, 0),
            async connection =>
            {
                var bytes = new byte[100];
                var count = await connection.ReadAsync(bytes);
                await connection.WriteAsync(bytes.AsMemory(0, count));
            },
            group);
        await using var client = await TcpConnection.ConnectAsync(server);
        await client.WriteAsync("over TCP"u8.ToArray());
        var buffer = new byte[100];
        Console.WriteLine(Encoding.ASCII.GetString(buffer, 0, await client.ReadAsync(buffer)));
        group.CancelScope.Cancel();
    });

    private static async Coroutine EchoOverAPipe()
    {
        using var there = new AnonymousPipeServerStream(PipeDirection.Out);
        using var thereEnd = new AnonymousPipeClientStream(PipeDirection.In, there.ClientSafePipeHandle);
        using var back = new AnonymousPipeServerStream(PipeDirection.Out);
        using var backEnd = new AnonymousPipeClientStream(PipeDirection.In, back.ClientSafePipeHandle);
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(EchoOnce());
            await there.WriteAsync("over a pipe"u8.ToArray());
            var buffer = new byte[100];
            Console.WriteLine(Encoding.ASCII.GetString(buffer, 0, await backEnd.ReadAsync(buffer)));
        });

        async Coroutine EchoOnce()
        {
            var buffer = new byte[100];
            var count = await thereEnd.ReadAsync(buffer);
            await back.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    private static (Socket Here, Socket There) NewPair()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var here = new Socket(SocketType.Stream, ProtocolType.Tcp);
        here.Connect(listener.LocalEndPoint!);
        return (here, listener.Accept());
    }

    /// <summary>Waits until there is something to read.</summary>
    private sealed class AsyncReadable(Socket socket)
    {
        public Socket Socket => socket;

        public CommandAwaiter GetAwaiter() => Coroutine.Suspend(this).GetAwaiter();
    }
}
