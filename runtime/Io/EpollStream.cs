using System;
using System.Net.Sockets;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace ScopedTasks;

/// <summary>
/// Moves the bytes of a connection on the loop's thread: tries at once, and again when epoll tells that it may.
/// </summary>
/// <remarks>Epoll tells changes only: what was not read to its end must be tried again without being told.</remarks>
internal sealed class EpollStream : SocketStream
{
    private readonly EventLoop _loop;
    private readonly EpollReactor _reactor;
    private readonly Watch _watch;
    private readonly Reading _reading;
    private readonly Writing _writing;
    private readonly bool _isOfNetwork;
    private bool _mayRead = true;
    private bool _nearsEnd;
    private bool _mayStop;
    private bool _isClosed;
    private int _atOnce;

    public EpollStream(EventLoop loop, EpollReactor reactor, Socket socket)
        : base(socket)
    {
        (_loop, _reactor) = (loop, reactor);
        _watch = new Watch(this);
        _reading = new Reading(this);
        _writing = new Writing(this);
        _isOfNetwork = socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6;
        socket.Blocking = false;
        _reactor.Add(
            _watch,
            socket.SafeHandle,
            FileEvents.Readable | FileEvents.Urgent | FileEvents.Writable | FileEvents.ReadHungUp
                | FileEvents.Changes);
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        var isCancelled = Begin(_reading, "read");
        if (!isCancelled && MayGoOnAtOnce())
        {
            var (error, count) = Receive(buffer.Span);
            if (error == SocketError.Success)
                return new ValueTask<int>(count);
            if (error != SocketError.WouldBlock)
                return ValueTask.FromException<int>(new SocketException((int)error));
        }
        _reading.Buffer = buffer;
        _reading.Begin(_loop, isCancelled, default);
        return new ValueTask<int>(_reading, _reading.Version);
    }

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var isCancelled = Begin(_writing, "write");
        if (!isCancelled && MayGoOnAtOnce())
        {
            var error = Send(ref bytes);
            if (error == SocketError.Success)
                return default;
            if (error != SocketError.WouldBlock)
                return ValueTask.FromException(new SocketException((int)error));
        }
        _writing.Bytes = bytes;
        _writing.Begin(_loop, isCancelled, default);
        return new ValueTask(_writing, _writing.Version);
    }

    /// <inheritdoc/>
    public override int WriteNow(ReadOnlySpan<byte> bytes)
    {
        if (_isClosed || _writing.IsInUse)
            return 0;
        var count = Socket.Send(bytes, SocketFlags.None, out var error);
        return error == SocketError.Success ? count : 0;
    }

    /// <inheritdoc/>
    public override void Close()
    {
        if (EventLoop.Current != _loop && _loop.IsRunning && _loop.TryRun(new CallbackItem(Close)))
            return;
        if (_isClosed)
            return;
        _isClosed = true;
        _reactor.Remove(_watch, Socket.SafeHandle);
        Socket.Dispose();
        if (_reading.IsPending)
            _reading.Fail(Closed());
        if (_writing.IsPending)
            _writing.Fail(Closed());
    }

    private bool Begin(LoopOperation operation, string what)
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(TcpConnection));
        if (EventLoop.Current != _loop)
            throw WaitQueue.IsElsewhere("A connection");
        if (operation.IsInUse)
            throw IsUnderWay(what);
        return _loop.CurrentNode.IsCancelled;
    }

    // Who always finds something must not keep the others from running.
    private bool MayGoOnAtOnce()
    {
        if (++_atOnce <= AtOnceInARow)
            return true;
        _atOnce = 0;
        _loop.Enqueue(new CallbackItem(() => OnReady(FileEvents.Readable | FileEvents.Writable)));
        return false;
    }

    private (SocketError Error, int Count) Receive(Span<byte> buffer)
    {
        if (!_mayRead && !_nearsEnd)
            return (SocketError.WouldBlock, 0);
        if (buffer.IsEmpty)
            return Peek();
        var count = Socket.Receive(buffer, SocketFlags.None, out var error);
        // From the network, less than there was room for is all that there was: epoll tells when there is more. Unless
        // the other end sends urgent bytes: before each of them reading stops.
        _mayRead = error != SocketError.WouldBlock && (count == buffer.Length || !_isOfNetwork || _mayStop);
        _nearsEnd |= error == SocketError.Success && count == 0;
        return (error, count);
    }

    // Reading nothing waits until there is something.
    private (SocketError Error, int Count) Peek()
    {
        Span<byte> one = stackalloc byte[1];
        Socket.Receive(one, SocketFlags.Peek, out var error);
        _mayRead = error != SocketError.WouldBlock;
        return (error, 0);
    }

    private SocketError Send(ref ReadOnlyMemory<byte> bytes)
    {
        var error = SocketError.Success;
        while (!bytes.IsEmpty && error == SocketError.Success)
            bytes = bytes[Socket.Send(bytes.Span, SocketFlags.None, out error)..];
        return error;
    }

    private void OnReady(FileEvents events)
    {
        if (_isClosed)
            return;
        _nearsEnd |= (events & (FileEvents.ReadHungUp | FileEvents.HungUp | FileEvents.Failed)) != 0;
        _mayStop |= (events & FileEvents.Urgent) != 0;
        if ((events & FileEvents.EndsReading) != 0)
        {
            _mayRead = true;
            if (_reading.IsPending)
                _reading.TryEnd();
        }
        if ((events & FileEvents.EndsWriting) != 0 && _writing.IsPending)
            _writing.TryEnd();
    }

    /// <summary>Hears of changes.</summary>
    private sealed class Watch(EpollStream stream) : FileWatch
    {
        public override void OnReady(FileEvents events)
        {
            stream._atOnce = 0;
            stream.OnReady(events);
        }
    }

    /// <summary>Waits for bytes.</summary>
    private sealed class Reading(EpollStream stream) : LoopOperation, IExternalWait, IValueTaskSource<int>
    {
        private int _count;

        public Memory<byte> Buffer { get; set; }

        public void TryEnd()
        {
            if (stream._isClosed)
            {
                Fail(Closed());
                return;
            }
            var (error, count) = stream.Receive(Buffer.Span);
            _count = count;
            if (error == SocketError.Success)
                Complete();
            else if (error != SocketError.WouldBlock)
                Fail(new SocketException((int)error));
        }

        public int GetResult(short token)
        {
            var count = _count;
            EndUse(token);
            return count;
        }

        protected override string Describe() => "TcpConnection.ReadAsync";

        protected override void Start(bool isLate)
        {
            if (isLate)
                TryEnd();
        }

        protected override void Recycle() => Buffer = default;
    }

    /// <summary>Waits for room.</summary>
    private sealed class Writing(EpollStream stream) : LoopOperation, IExternalWait, IValueTaskSource
    {
        private ReadOnlyMemory<byte> _bytes;

        public ReadOnlyMemory<byte> Bytes
        {
            get => _bytes;
            set => _bytes = value;
        }

        public void TryEnd()
        {
            if (stream._isClosed)
            {
                Fail(Closed());
                return;
            }
            var error = stream.Send(ref _bytes);
            if (error == SocketError.Success)
                Complete();
            else if (error != SocketError.WouldBlock)
                Fail(new SocketException((int)error));
        }

        public void GetResult(short token) => EndUse(token);

        protected override string Describe() => "TcpConnection.WriteAsync";

        protected override void Start(bool isLate)
        {
            if (isLate)
                TryEnd();
        }

        protected override void Recycle() => _bytes = default;
    }
}
