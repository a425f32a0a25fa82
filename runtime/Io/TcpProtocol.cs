using System;

namespace ScopedTasks;

/// <summary>Is told by a <see cref="TcpServer"/> what happens on one connection: callbacks, no coroutines.</summary>
/// <remarks>
/// <list type="bullet">
/// <item><see cref="OnConnected"/> comes first, <see cref="OnDisconnected"/> last; both exactly once.</item>
/// <item>Back-pressure: while the other end does not take what was sent, nothing more is read from it.</item>
/// <item>A callback that throws ends the connection, and is a failure of the server's group.</item>
/// <item>Threads: the loop's only.</item>
/// </list>
/// After asyncio's <c>Protocol</c>.
/// </remarks>
public abstract class TcpProtocol
{
    private ProtocolRun? _run;

    /// <summary>The connection is there.</summary>
    /// <param name="connection">It closes by itself after <see cref="OnDisconnected"/>.</param>
    public virtual void OnConnected(TcpConnection connection)
    {
    }

    /// <summary>Bytes have come.</summary>
    /// <param name="data">The bytes; they are gone after the call.</param>
    public virtual void OnData(ReadOnlyMemory<byte> data)
    {
    }

    /// <summary>The connection is no more.</summary>
    /// <param name="exception">What broke it; null when an end closed it, or the server was cancelled.</param>
    public virtual void OnDisconnected(Exception? exception)
    {
    }

    /// <summary>Sends bytes after all that were sent before, as fast as the other end takes them.</summary>
    /// <remarks>After the end of the connection it does nothing.</remarks>
    /// <param name="bytes">The bytes; what cannot be sent at once is copied.</param>
    public void Send(ReadOnlyMemory<byte> bytes) => _run?.Send(bytes);

    /// <summary>Closes the connection when all that was sent has gone out.</summary>
    public void Close() => _run?.Close();

    /// <summary>Connects it to what moves the bytes, or disconnects it.</summary>
    internal void Attach(ProtocolRun? run) => _run = run;
}
