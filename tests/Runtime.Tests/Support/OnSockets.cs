using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace ScopedTasks.Runtime.Tests.Support;

/// <summary>Runs the code of a test on an event loop with real sockets.</summary>
internal static class OnSockets
{
    /// <summary>Any free port of this machine.</summary>
    public static EndPoint AnyPort => new IPEndPoint(IPAddress.Loopback, 0);

    /// <summary>Runs it, and waits generously, so that a hang fails the test instead of the run.</summary>
    /// <param name="portable">Whether the framework waits for the sockets, and not the loop.</param>
    /// <param name="test">The code.</param>
    public static async Task Run(bool portable, Func<Coroutine> test)
    {
        var thread = EventLoopThread.Start(new EventLoopOptions { PortableIo = portable });
        await thread.InvokeAsync(test).Soon();
        await thread.DisposeAsync().AsTask().Soon();
    }

    /// <summary>Two sockets that are connected with each other.</summary>
    public static (Socket Here, Socket There) NewPair() => NewPair(AnyPort, ProtocolType.Tcp);

    /// <summary>Two sockets that are connected with each other past the network.</summary>
    public static (Socket Here, Socket There) NewUnixPair()
    {
        var path = Path.Combine(Path.GetTempPath(), $"scoped-{Guid.NewGuid():N}");
        var pair = NewPair(new UnixDomainSocketEndPoint(path), ProtocolType.Unspecified);
        File.Delete(path);
        return pair;
    }

    private static (Socket Here, Socket There) NewPair(EndPoint address, ProtocolType protocol)
    {
        using var listener = new Socket(address.AddressFamily, SocketType.Stream, protocol);
        listener.Bind(address);
        listener.Listen();
        var here = new Socket(address.AddressFamily, SocketType.Stream, protocol);
        here.Connect(listener.LocalEndPoint!);
        var there = listener.Accept();
        // A port is soon another test's: whoever still calls there is a stranger.
        while (protocol == ProtocolType.Tcp && !here.LocalEndPoint!.Equals(there.RemoteEndPoint))
        {
            there.Dispose();
            there = listener.Accept();
        }
        return (here, there);
    }

    /// <summary>Two connections that are connected with each other, which the group closes.</summary>
    public static async Coroutine<(TcpConnection Here, TcpConnection There)> ConnectPairAsync(CoroutineGroup group)
    {
        var accepted = new Future<TcpConnection>();
        var address = await TcpServer.ServeAsync(AnyPort, Keep, group);
        var here = await TcpConnection.ConnectAsync(address);
        group.Own((IAsyncDisposable)here);
        return (here, await accepted);

        async Coroutine Keep(TcpConnection connection)
        {
            accepted.SetResult(connection);
            await Coroutine.SleepForever();
        }
    }
}
