using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Is a connection whose bytes coroutines of an event loop read and write.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Reads and writes wait as everything on the loop does: the scope of the code that waits cancels them without
/// any token, and a cancelled scope throws also where something is there. They count as waits that only others can
/// end.</item>
/// <item>Back-pressure: <see cref="WriteAsync"/> ends when the system has taken the last byte, not before.</item>
/// <item>One may read while another one writes; two that do the same are an
/// <see cref="InvalidOperationException"/>.</item>
/// <item>Throws <see cref="SocketException"/> when the connection breaks, <see cref="ObjectDisposedException"/> when it
/// was disposed, also while somebody waits.</item>
/// <item>A read that is cancelled has taken no byte (where the framework does the reading: it is best not to go on
/// after one). After a write that is cancelled nobody knows how much was sent.</item>
/// <item>Threads: the loop's only; <see cref="Dispose"/> may be called from any.</item>
/// <item>On Linux the loop itself waits for the sockets, by epoll, in the same call in which it waits for time;
/// elsewhere, and with <see cref="EventLoopOptions.PortableIo"/>, the framework does.</item>
/// </list>
/// </remarks>
public sealed class TcpConnection : IDisposable, IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly SocketStream _stream;
    private EndPoint? _local;
    private EndPoint? _remote;

    internal TcpConnection(EventLoop loop, Socket socket, EndPoint? remote = null)
    {
        // Once the other end has gone, the system does not know any more who it was.
        (_socket, _remote) = (socket, remote);
        try
        {
            if (socket.ProtocolType == ProtocolType.Tcp)
                socket.NoDelay = true;
        }
        catch (SocketException)
        {
            // Some systems refuse it once the other end has gone; whoever reads is told.
        }
        _stream = SocketStream.For(loop.Io, socket);
    }

    /// <summary>This end.</summary>
    /// <exception cref="ObjectDisposedException">The connection is disposed, and nobody has asked before.</exception>
    public EndPoint? LocalEndPoint => _local ??= _socket.LocalEndPoint;

    /// <summary>The other end.</summary>
    /// <exception cref="ObjectDisposedException">The connection is disposed, and nobody has asked before.</exception>
    public EndPoint? RemoteEndPoint => _remote ??= _socket.RemoteEndPoint;

    /// <summary>Connects to a server; to a name, by trying its addresses in turn.</summary>
    /// <param name="endPoint">An IP address with a port, a name with a port, or the path of a Unix socket.</param>
    /// <returns>The connection; dispose it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endPoint"/> is null.</exception>
    /// <exception cref="SocketException">Nobody listens there, or it cannot be reached.</exception>
    public static Coroutine<TcpConnection> ConnectAsync(EndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return Connecting.ConnectAsync(endPoint);
    }

    /// <summary>Reads what is there: at least one byte, if the other end writes.</summary>
    /// <param name="buffer">Where to; an empty one waits until there is something to read.</param>
    /// <returns>How many bytes; 0 when the other end has written its last.</returns>
    public ValueTask<int> ReadAsync(Memory<byte> buffer) => _stream.ReadAsync(buffer);

    /// <summary>Writes, and waits while the other end does not read: back-pressure.</summary>
    /// <param name="bytes">All of them are written; they must not change meanwhile.</param>
    /// <returns>Ends when the system has taken them.</returns>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    /// <summary>
    /// Tells the other end that nothing more is written; it can still be read from. Does nothing when the other end has
    /// gone.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The connection is disposed.</exception>
    public void ShutdownWrite()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.NotConnected
                                                    or SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // There is nobody to tell.
        }
    }

    /// <summary>Closes the connection; whoever waits for it gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _stream.Close();

    /// <inheritdoc cref="Dispose"/>
    /// <returns>Ended: closing waits for nothing.</returns>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Tells where it goes.</summary>
    /// <returns>Its ends.</returns>
    public override string ToString() => $"TcpConnection: {_local} to {_remote}";

    /// <summary>Writes what there is room for.</summary>
    /// <returns>How much that was.</returns>
    internal int WriteNow(ReadOnlySpan<byte> bytes) => _stream.WriteNow(bytes);
}
