using System;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Moves the bytes of a connection.</summary>
internal abstract class SocketStream(Socket socket)
{
    /// <summary>Who finds something more often than that in a row lets the others run.</summary>
    protected const int AtOnceInARow = 16;

    /// <summary>The connection; not to be used elsewhere.</summary>
    protected Socket Socket => socket;

    /// <summary>That of a loop: on epoll, where the loop has it.</summary>
    public static SocketStream For(LoopIo io, Socket socket) =>
        io.Reactor is { } reactor ? new EpollStream(io.Loop, reactor, socket) : new TaskStream(socket);

    /// <summary>Reads what is there, at least one byte; none at the end.</summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Writes everything.</summary>
    public abstract ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Writes what there is room for.</summary>
    /// <returns>How much that was.</returns>
    public abstract int WriteNow(ReadOnlySpan<byte> bytes);

    /// <summary>Closes the connection; whoever waits for it is told.</summary>
    public abstract void Close();

    /// <summary>Says that the connection is closed.</summary>
    protected static ObjectDisposedException Closed() => new(nameof(TcpConnection));

    /// <summary>Says that two do the same.</summary>
    protected static InvalidOperationException IsUnderWay(string what) =>
        new($"Somebody waits to {what} on this connection already: one at a time, or the bytes mix.");
}
