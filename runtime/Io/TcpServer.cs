using System;
using System.Net;
using System.Net.Sockets;

namespace ScopedTasks;

/// <summary>Accepts connections on an event loop, and serves each in a child of a group.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Ends: with its group. Cancelling the group closes the listening socket at once and cancels whoever serves a
/// connection; each connection is closed when its child has ended, so that one in a shield is finished first.</item>
/// <item>Limits: in a group with <see cref="TaskGroupOptions.MaxConcurrency"/> so many connections are served at once;
/// the next one waits until one has ended, further ones in the queue of the system.</item>
/// <item>Fails: what a handler or a callback throws is a failure of its child, and so of the group, unless that
/// supervises. A connection that breaks under a protocol is its own business.</item>
/// <item>When the process has no file left for a connection, that is reported as unobserved failures are, and tried
/// again after a while; a client that has gone before it was accepted is skipped. Whatever else goes wrong fails the
/// group.</item>
/// </list>
/// After Trio's <c>serve_tcp</c> and asyncio's <c>create_server</c>.
/// </remarks>
public static class TcpServer
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Serves connections by coroutines.</summary>
    /// <param name="endPoint">Where to listen; port 0 for any that is free.</param>
    /// <param name="handler">Serves a connection, which is closed when it ends.</param>
    /// <param name="group">Owns the server and those who serve.</param>
    /// <returns>Where it listens, once it does.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="SocketException">One cannot listen there.</exception>
    public static Coroutine<EndPoint> ServeAsync(
        EndPoint endPoint,
        Func<TcpConnection, Coroutine> handler,
        CoroutineGroup group)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(group);
        return group.StartAsync<EndPoint>(
            signal => ListenAsync(endPoint, handler, group, signal),
            $"TcpServer on {endPoint}");
    }

    /// <summary>Serves connections by callbacks.</summary>
    /// <param name="endPoint">Where to listen; port 0 for any that is free.</param>
    /// <param name="protocolFactory">Makes a new protocol for each connection.</param>
    /// <param name="group">Owns the server and what it does for each connection.</param>
    /// <returns>Where it listens, once it does.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="SocketException">One cannot listen there.</exception>
    public static Coroutine<EndPoint> ServeAsync(
        EndPoint endPoint,
        Func<TcpProtocol> protocolFactory,
        CoroutineGroup group)
    {
        ArgumentNullException.ThrowIfNull(protocolFactory);
        return ServeAsync(endPoint, connection => new ProtocolRun(NewProtocol(), connection).RunAsync(), group);

        TcpProtocol NewProtocol() => protocolFactory()
            ?? throw new InvalidOperationException("The factory returned null, not a protocol.");
    }

    /// <summary>Accepts until it is cancelled.</summary>
    /// <param name="acceptAsync">The next connection.</param>
    /// <param name="handler">Serves it.</param>
    /// <param name="group">Owns whoever serves.</param>
    internal static async Coroutine AcceptAllAsync(
        Func<Coroutine<Socket>> acceptAsync,
        Func<TcpConnection, Coroutine> handler,
        CoroutineGroup group)
    {
        while (true)
        {
            try
            {
                var socket = await acceptAsync();
                await group.SpawnAsync(ServeAsync(socket, handler));
            }
            catch (SocketException exception) when (IsOfTheClient(exception.SocketErrorCode))
            {
                // Somebody else is next.
            }
            catch (SocketException exception) when (IsForWantOfMeans(exception.SocketErrorCode))
            {
                group.ReportUnobserved(exception);
                await Coroutine.Sleep(s_pause);
            }
        }
    }

    private static bool IsOfTheClient(SocketError error) =>
        error is SocketError.WouldBlock or SocketError.ConnectionAborted or SocketError.ConnectionReset
            or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown
            or SocketError.HostUnreachable or SocketError.TimedOut;

    private static bool IsForWantOfMeans(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;

    private static async Coroutine ServeAsync(Socket socket, Func<TcpConnection, Coroutine> handler)
    {
        using var owned = socket;
        using var connection = new TcpConnection(EventLoop.Current!, socket);
        await (handler(connection) ?? throw new InvalidOperationException(
            "The handler returned null, not a coroutine."));
    }

    private static async Coroutine ListenAsync(
        EndPoint endPoint,
        Func<TcpConnection, Coroutine> handler,
        CoroutineGroup group,
        StartSignal<EndPoint> signal)
    {
        await Coroutine.Checkpoint();
        using var listener = Connecting.NewSocket(endPoint);
        if (endPoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
            listener.DualMode = true;
        listener.Bind(endPoint);
        listener.Listen();
        var isOurs = EventLoop.Current!.Io.Reactor is not null;
        listener.Blocking = !isOurs;
        signal.SetStarted(listener.LocalEndPoint!);
        await AcceptAllAsync(isOurs ? () => AcceptOnLoopAsync(listener) : () => AcceptAsync(listener), handler, group);
    }

    private static async Coroutine<Socket> AcceptOnLoopAsync(Socket listener)
    {
        await HandleReadiness.WaitAsync(listener, toWrite: false, isOurs: true);
        return listener.Accept();
    }

    private static async Coroutine<Socket> AcceptAsync(Socket listener) =>
        await listener.AcceptAsync(CancelScope.Current!.Token);
}
