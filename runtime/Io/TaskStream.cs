using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Moves the bytes of a connection as the framework does: works everywhere.</summary>
internal sealed class TaskStream(Socket socket) : SocketStream(socket)
{
    private int _atOnce;
    private bool _reads;
    private bool _writes;
    private volatile bool _isClosed;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        var token = Begin(_reads, "read");
        _reads = true;
        return ReceiveAsync(buffer, token);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var token = Begin(_writes, "write");
        _writes = true;
        return SendAsync(bytes, token);
    }

    /// <inheritdoc/>
    public override int WriteNow(ReadOnlySpan<byte> bytes) => 0;

    /// <inheritdoc/>
    public override void Close()
    {
        _isClosed = true;
        try
        {
            // Else the framework resets the connection while somebody waits for it, and what was sent is lost.
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // There is nothing left to lose.
        }
        Socket.Dispose();
    }

    private static CancellationToken Begin(bool isUnderWay, string what)
    {
        EventLoop.Require("A TcpConnection");
        return isUnderWay ? throw IsUnderWay(what) : CancelScope.Current!.Token;
    }

    private async ValueTask TakeTurnAsync()
    {
        if (++_atOnce <= AtOnceInARow)
            return;
        _atOnce = 0;
        await Task.Yield();
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken token)
    {
        try
        {
            await TakeTurnAsync();
            return await Socket.ReceiveAsync(buffer, SocketFlags.None, token).ConfigureAwait(false);
        }
        catch (SocketException) when (_isClosed)
        {
            throw Closed();
        }
        finally
        {
            _reads = false;
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        try
        {
            await TakeTurnAsync();
            token.ThrowIfCancellationRequested();
            while (!bytes.IsEmpty)
                bytes = bytes[await Socket.SendAsync(bytes, SocketFlags.None, token).ConfigureAwait(false)..];
        }
        catch (SocketException) when (_isClosed)
        {
            throw Closed();
        }
        finally
        {
            _writes = false;
        }
    }
}
