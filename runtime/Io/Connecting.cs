using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides how a connection comes about.</summary>
internal static class Connecting
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Connects to an address, or to the addresses of a name in turn.</summary>
    public static async Coroutine<TcpConnection> ConnectAsync(EndPoint endPoint)
    {
        var loop = EventLoop.Get("TcpConnection.ConnectAsync");
        await Coroutine.Checkpoint();
        if (endPoint is not DnsEndPoint name)
            return await ConnectToAsync(loop, endPoint);
        SocketException? failure = null;
        foreach (var address in await AddressesAsync(name))
        {
            try
            {
                return await ConnectToAsync(loop, new IPEndPoint(address, name.Port));
            }
            catch (SocketException exception)
            {
                failure = exception;
            }
        }
        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>A socket for connections to or from an address.</summary>
    public static Socket NewSocket(EndPoint endPoint)
    {
        var protocol = endPoint.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        return new Socket(endPoint.AddressFamily, SocketType.Stream, protocol);
    }

    private static Task<IPAddress[]> AddressesAsync(DnsEndPoint name) =>
        Dns.GetHostAddressesAsync(name.Host, name.AddressFamily, CancelScope.Current!.Token);

    private static async Coroutine<TcpConnection> ConnectToAsync(EventLoop loop, EndPoint endPoint)
    {
        while (true)
        {
            try
            {
                return await ConnectOnceAsync(loop, endPoint);
            }
            catch (SocketException exception) when (IsQueueFull(endPoint, exception))
            {
                // The system tells nobody when there is room in the queue of a server on this machine.
                await Coroutine.Sleep(s_pause);
            }
        }
    }

    private static bool IsQueueFull(EndPoint endPoint, SocketException exception) =>
        endPoint.AddressFamily == AddressFamily.Unix && exception.SocketErrorCode == SocketError.WouldBlock;

    private static async Coroutine<TcpConnection> ConnectOnceAsync(EventLoop loop, EndPoint endPoint)
    {
        var socket = NewSocket(endPoint);
        try
        {
            if (loop.Io.Reactor is null)
                await socket.ConnectAsync(endPoint, CancelScope.Current!.Token);
            else
                await ConnectOnLoopAsync(socket, endPoint);
            return new TcpConnection(loop, socket, endPoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Once the framework has waited for a socket, it listens to it as long as it lives: so the loop waits alone.
    private static async Coroutine ConnectOnLoopAsync(Socket socket, EndPoint endPoint)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(endPoint);
            return;
        }
        catch (SocketException exception) when (!IsQueueFull(endPoint, exception)
                                                && exception.SocketErrorCode is SocketError.WouldBlock
                                                    or SocketError.InProgress)
        {
            // It is under way.
        }
        await HandleReadiness.WaitAsync(socket, toWrite: true, isOurs: true);
        if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int error and not 0)
            throw new SocketException(error);
    }
}
