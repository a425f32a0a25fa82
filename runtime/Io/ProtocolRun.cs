using System;
using System.Buffers;
using System.Net.Sockets;

namespace ScopedTasks;

/// <summary>Moves the bytes between a connection and its protocol.</summary>
internal sealed class ProtocolRun(TcpProtocol protocol, TcpConnection connection)
{
    private const int BufferSize = 16 * 1024;
    private const int MuchToSend = 64 * 1024;

    private readonly WaitQueue _writer = new(static () => "something to send");
    private readonly WaitQueue _drained = new(static () => "the other end of the connection to take what was sent");
    private ArrayBufferWriter<byte> _queued = new();
    private ArrayBufferWriter<byte> _sending = new();
    private CancelScope? _reading;
    private SocketException? _broken;
    private bool _isClosing;

    private int Unsent => _queued.WrittenCount + _sending.WrittenCount;

    /// <summary>Runs until an end closes the connection, or it breaks.</summary>
    public async Coroutine RunAsync()
    {
        protocol.Attach(this);
        try
        {
            protocol.OnConnected(connection);
            await CoroutineGroup.RunAsync(async group =>
            {
                group.RunService(WriteAllAsync());
                await Coroutine.MoveOnAfterAsync(System.Threading.Timeout.InfiniteTimeSpan, ReadAllAsync);
                await DrainAsync(downTo: 0);
            });
        }
        catch (SocketException exception) when (exception == _broken)
        {
            // That is told to the protocol, and nobody else's business.
        }
        finally
        {
            protocol.Attach(null);
            protocol.OnDisconnected(_broken);
        }
    }

    /// <summary>Sends bytes, or keeps them to be sent.</summary>
    public void Send(ReadOnlyMemory<byte> bytes)
    {
        if (_isClosing)
            return;
        if (Unsent == 0)
            bytes = bytes[connection.WriteNow(bytes.Span)..];
        if (bytes.IsEmpty)
            return;
        _queued.Write(bytes.Span);
        if (_writer.Count > 0)
            _writer.WakeAll(WaitQueue.RequireLoop("A connection"));
    }

    /// <summary>Reads no more.</summary>
    public void Close()
    {
        _isClosing = true;
        _reading?.Cancel();
    }

    private async Coroutine ReadAllAsync(CancelScope scope)
    {
        _reading = scope;
        if (_isClosing)
            return;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await ReadAsync(buffer) is > 0 and var count)
            {
                protocol.OnData(buffer.AsMemory(0, count));
                if (Unsent > MuchToSend)
                    await DrainAsync(MuchToSend);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Coroutine<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await connection.ReadAsync(buffer);
        }
        catch (SocketException exception) when (HasBrokenBefore(exception))
        {
            return 0;
        }
    }

    // Who reads and who writes are both told when a connection breaks, and one failure is enough.
    private bool HasBrokenBefore(SocketException exception)
    {
        if (_broken is not null)
            return true;
        _broken = exception;
        return false;
    }

    private async Coroutine DrainAsync(int downTo)
    {
        while (Unsent > downTo)
            await new QueueWait(_drained);
    }

    private async Coroutine WriteAllAsync()
    {
        while (true)
        {
            if (_queued.WrittenCount == 0)
                await new QueueWait(_writer);
            (_queued, _sending) = (_sending, _queued);
            try
            {
                await connection.WriteAsync(_sending.WrittenMemory);
            }
            catch (SocketException exception) when (HasBrokenBefore(exception))
            {
                return;
            }
            _sending.ResetWrittenCount();
            _drained.WakeAll(EventLoop.Current!);
        }
    }
}
