using System.Net;
using System.Text;

namespace Seeds.S2;

/// <summary>Requests over sockets to a server nearby, one at a time and two at once.</summary>
internal static class Requests
{
    [Row("S2-02", "Open a connection, write the request, read the response to its end", IsReal = true)]
    internal static void OneRequest(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var server = await Server.StartAsync(group);
            Console.WriteLine(await server.Request("/"));
            group.CancelScope.Cancel();
        });
    }

    [Row("S2-04", "Two requests are in flight at once, and answered in the order of the arguments", IsReal = true)]
    internal static void TwoRequests(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var server = await Server.StartAsync(group);
            var (one, two) = await RequestTwice(server);
            Console.WriteLine(one);
            Console.WriteLine(two);
            Console.WriteLine($"in flight at once: {server.MostAtOnce}");
            group.CancelScope.Cancel();
        });
    }

    [Row("S2-05", "The run gives what the main coroutine returns", IsReal = true)]
    internal static void ReturnValue(TimeProvider clock)
    {
        var returned = EventLoop.Run(AsyncMain(), By(clock));
        Console.WriteLine(returned);

        static Coroutine<int> AsyncMain() => CoroutineGroup.RunAsync(async group =>
        {
            var server = await Server.StartAsync(group);
            var (one, two) = await RequestTwice(server);
            Console.WriteLine($"Response one: {one}");
            Console.WriteLine($"Response two: {two}");
            group.CancelScope.Cancel();
            return 12;
        });
    }

    private static Coroutine<(string One, string Two)> RequestTwice(Server server) =>
        Coroutine.GatherAsync(server.Request("/one"), server.Request("/two"));

    /// <summary>Answers every request after 200 ms.</summary>
    private sealed class Server
    {
        private EndPoint _address = new IPEndPoint(IPAddress.Loopback, 0);
        private int _inFlight;

        public int MostAtOnce { get; private set; }

        public static async Coroutine<Server> StartAsync(CoroutineGroup group)
        {
            var server = new Server();
            server._address = await TcpServer.ServeAsync(server._address, server.Answer, group);
            return server;
        }

        public async Coroutine<string> Request(string path)
        {
            await using var connection = await TcpConnection.ConnectAsync(_address);
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\n\r\n"));
            var response = new StringBuilder();
            var buffer = new byte[1024];
            while (await connection.ReadAsync(buffer) is > 0 and var count)
                response.Append(Encoding.ASCII.GetString(buffer, 0, count));
            return response.ToString().Split("\r\n\r\n")[1];
        }

        private async Coroutine Answer(TcpConnection connection)
        {
            var buffer = new byte[1024];
            var count = await connection.ReadAsync(buffer);
            var path = Encoding.ASCII.GetString(buffer, 0, count).Split(' ')[1];
            MostAtOnce = Math.Max(MostAtOnce, ++_inFlight);
            await Coroutine.Sleep(Seconds(0.2));
            _inFlight--;
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\n\r\nThis is {path}."));
        }
    }
}
