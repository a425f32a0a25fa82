using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using ScopedTasks.Seeds.Tests.Support;
using Xunit;

namespace ScopedTasks.Seeds.Tests.Behaviours;

/// <summary>The echo server of S1-33, and as many clients as a process may have files.</summary>
public sealed class ManyConnectionsTests
{
    private const int Most = 10_000;
    private const int FilesOfOthers = 500;
    private const int ConnectingAtOnce = 200;

    [Fact]
    public async Task Ten_thousand_connections_are_served_at_once()
    {
        using var process = SeedProcess.Start("S1-33-serve");
        var port = int.Parse((await process.ReadLine())!, CultureInfo.InvariantCulture);
        var count = Math.Min(Most, MostFiles() - FilesOfOthers);
        var answers = await Task.Run(() => EventLoop.Run(TalkAsync(new IPEndPoint(IPAddress.Loopback, port), count)));
        Assert.Equal(2 * count, answers);
    }

    // Each talks twice: while some still come, and when all are there.
    private static async Coroutine<int> TalkAsync(EndPoint server, int count)
    {
        var (connected, answers) = (0, 0);
        var all = new AsyncEvent();
        var connecting = new CapacityLimiter(ConnectingAtOnce);
        await CoroutineGroup.RunAsync(async group =>
        {
            for (var number = 0; number < count; number++)
                group.Spawn(ClientAsync(number));
            await Coroutine.Yield();
        });
        return answers;

        async Coroutine ClientAsync(int number)
        {
            using var connection = await ConnectAsync();
            await AskAsync(connection, number);
            if (++connected == count)
                all.Set();
            await all.WaitAsync();
            await AskAsync(connection, count + number);
        }

        async Coroutine<TcpConnection> ConnectAsync()
        {
            using var place = await connecting.AcquireAsync();
            return await TcpConnection.ConnectAsync(server);
        }

        async Coroutine AskAsync(TcpConnection connection, int question)
        {
            var buffer = new byte[sizeof(int)];
            await connection.WriteAsync(BitConverter.GetBytes(question));
            for (var read = 0; read < buffer.Length;)
            {
                var part = await connection.ReadAsync(buffer.AsMemory(read));
                Assert.NotEqual(0, part);
                read += part;
            }
            Assert.Equal(question, BitConverter.ToInt32(buffer));
            answers++;
        }
    }

    /// <summary>How many files a process may have open here.</summary>
    private static int MostFiles()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
            return 1024;
        var words = File.ReadLines(Limits).First(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.TryParse(words[4], CultureInfo.InvariantCulture, out var hard) ? hard : int.MaxValue;
    }
}
