using System.Net;
using System.Net.Http;
using System.Text;

namespace Seeds.S1;

/// <summary>A web server in sixty lines: it owns the loop, and every request is a group.</summary>
internal static class HttpServer
{
    [Row("S1-32", "A homepage, and a request whose work is cancelled when the client goes away", IsReal = true)]
    internal static void Homepage(TimeProvider clock)
    {
        EventLoop.Run(Main(), By(clock));

        static Coroutine Main() => CoroutineGroup.RunAsync(async group =>
        {
            var slow = new SlowRequest();
            var address = await TcpServer.ServeAsync(
                new IPEndPoint(IPAddress.Loopback, 0), connection => Serve(connection, slow), group);
            using var client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
            Console.WriteLine(await Ask(client, "/"));

            // The client asks, and goes away before it is answered.
            await CoroutineGroup.RunAsync(async visit =>
            {
                visit.Spawn(Ask(client, "/slow"));
                await slow.Begun.WaitAsync();
                visit.CancelScope.Cancel();
            });
            await slow.Ended.WaitAsync();
            group.CancelScope.Cancel();
        });
    }

    private static async Coroutine<string> Ask(HttpClient client, string path) =>
        await client.GetStringAsync(path, CancelScope.Current!.Token);

    private static async Coroutine Serve(TcpConnection connection, SlowRequest slow)
    {
        if (await ReadPath(connection) is not { } path)
            return;
        var answer = "";
        await CoroutineGroup.RunAsync(async request =>
        {
            request.RunService(CancelWhenClosed(connection, request.CancelScope));
            answer = path == "/slow" ? await slow.Run() : """{"hello":"world"}""";
        });
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n"
            + "Connection: close\r\n\r\n";
        if (answer.Length > 0)
            await connection.WriteAsync(Encoding.ASCII.GetBytes(head + answer));
    }

    private static async Coroutine<string?> ReadPath(TcpConnection connection)
    {
        var request = new StringBuilder();
        var buffer = new byte[1024];
        while (!request.ToString().Contains("\r\n\r\n"))
        {
            if (await connection.ReadAsync(buffer) is not (> 0 and var count))
                return null;
            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        return request.ToString().Split(' ')[1];
    }

    // A client that waits for its answer sends nothing: what comes is the end.
    private static async Coroutine CancelWhenClosed(TcpConnection connection, CancelScope request)
    {
        await connection.ReadAsync(new byte[1]);
        request.Cancel("the client has gone away");
    }

    /// <summary>Is a request that takes longer than its client waits.</summary>
    private sealed class SlowRequest
    {
        public AsyncEvent Begun { get; } = new();

        public AsyncEvent Ended { get; } = new();

        public async Coroutine<string> Run()
        {
            try
            {
                var (orders, prices) = await Coroutine.GatherAsync(Query("orders"), Query("prices"));
                return orders + prices;
            }
            finally
            {
                Ended.Set();
            }
        }

        private async Coroutine<string> Query(string table)
        {
            try
            {
                Begun.Set();
                await Coroutine.SleepForever();
                return table;
            }
            finally
            {
                Console.WriteLine($"query of {table} cancelled");
            }
        }
    }
}
