using System.Net;
using System.Text;

namespace Seeds.S1;

/// <summary>A server of one's own: by callbacks, as protocols are, and by coroutines.</summary>
internal static class EchoServer
{
    [Row("S1-33", "An echo server, from a protocol factory and from a coroutine", IsReal = true)]
    internal static void Echo(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static async Coroutine Main()
        {
            var disconnected = 0;
            Console.WriteLine("# protocol");
            await Try((anywhere, group) =>
                TcpServer.ServeAsync(anywhere, () => new EchoProtocol(() => disconnected++), group));
            Console.WriteLine($"disconnected: {disconnected}");
            Console.WriteLine("# coroutine");
            await Try((anywhere, group) => TcpServer.ServeAsync(anywhere, EchoAll, group));
        }

        static async Coroutine Try(Func<EndPoint, CoroutineGroup, Coroutine<EndPoint>> serve)
        {
            var server = default(EndPoint);
            await CoroutineGroup.RunAsync(async group =>
            {
                server = await serve(new IPEndPoint(IPAddress.Loopback, 0), group);
                var answers = await Coroutine.GatherAsync(
                    new[] { "one", "two", "three" }.Select(text => SendAndReceive(server, text)));
                Console.WriteLine(string.Join(' ', answers));
                group.CancelScope.Cancel();
            });
            try
            {
                await SendAndReceive(server!, "four");
            }
            catch (System.Net.Sockets.SocketException)
            {
                Console.WriteLine("the server is closed");
            }
        }

        static async Coroutine<string> SendAndReceive(EndPoint server, string text)
        {
            await using var connection = await TcpConnection.ConnectAsync(server);
            await connection.WriteAsync(Encoding.ASCII.GetBytes(text));
            connection.ShutdownWrite();
            var answer = new StringBuilder();
            var buffer = new byte[1024];
            while (await connection.ReadAsync(buffer) is > 0 and var count)
                answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
            return answer.ToString();
        }
    }

    [Row("S1-33-serve", "The echo server alone, until it is interrupted", IsReal = true)]
    internal static void Serve(TimeProvider clock)
    {
        EventLoop.Run(Main(), new EventLoopOptions { TimeProvider = clock, HandleConsoleInterrupt = true });

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var server = await TcpServer.ServeAsync(new IPEndPoint(IPAddress.Loopback, 0), EchoAll, group);
            Console.WriteLine(((IPEndPoint)server).Port);
            await Coroutine.SleepForever();
        });
    }

    private static async Coroutine EchoAll(TcpConnection connection)
    {
        var buffer = new byte[64];
        while (await connection.ReadAsync(buffer) is > 0 and var count)
            await connection.WriteAsync(buffer.AsMemory(0, count));
    }

    private sealed class EchoProtocol(Action disconnected) : TcpProtocol
    {
        public override void OnData(ReadOnlyMemory<byte> data) => Send(data);

        public override void OnDisconnected(Exception? exception) => disconnected();
    }
}
