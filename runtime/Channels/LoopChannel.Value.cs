using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace ScopedTasks;

/// <summary>Decides who of the coroutines that use a channel goes on, and with what.</summary>
internal sealed partial class LoopChannel<T> : Channel<T>
{
    private readonly Queue<T> _values = new();
    private readonly OperationQueue _reads = new();
    private readonly OperationQueue _writes = new();
    private readonly OperationQueue _readers = new();
    private readonly OperationQueue _writers = new();
    private readonly ChannelCompletion _completion = new();
    private readonly int _capacity;
    private Read? _idleRead;
    private Write? _idleWrite;
    private Readiness? _idleReadiness;
    private EventLoop? _loop;
    private Exception? _error;
    private bool _isClosed;

    public LoopChannel(int capacity)
    {
        _capacity = capacity;
        Reader = new ReadingEnd(this);
        Writer = new WritingEnd(this);
    }

    /// <summary>Tells its state.</summary>
    /// <returns>How many values it holds, and who waits.</returns>
    public override string ToString()
    {
        var room = _capacity == int.MaxValue ? "" : $" of {_capacity}";
        var end = _isClosed ? ", closed" : "";
        return $"LoopChannel<{typeof(T).Name}>: {_values.Count}{room} buffered, {_reads.Count + _readers.Count} read, "
            + $"{_writes.Count + _writers.Count} write{end}";
    }

    private bool IsWaitedFor =>
        _reads.Count + _writes.Count + _readers.Count + _writers.Count > 0 || _completion.IsWaitedFor;

    private bool CanRead => _values.Count > 0 || _writes.Count > 0;

    private bool CanWrite => !_isClosed && (_values.Count < _capacity || _reads.Count > 0);

    private bool TryRead(out T value)
    {
        if (_values.TryDequeue(out value!))
        {
            if (_writes.Take() is Write { } next)
                _values.Enqueue(next.TakeValue());
            else
                Announce(_writers, isOpen: true);
        }
        else if (_writes.Take() is Write { } write)
        {
            value = write.TakeValue();
        }
        else
        {
            return false;
        }
        EndIfEmpty();
        return true;
    }

    private bool TryWrite(T value)
    {
        if (_isClosed)
            return false;
        if (_reads.Take() is Read { } read)
        {
            read.Give(value);
            return true;
        }
        if (_values.Count >= _capacity)
            return false;
        _values.Enqueue(value);
        Announce(_readers, isOpen: true);
        return true;
    }

    private bool TryClose(Exception? error)
    {
        if (_isClosed)
            return false;
        (_isClosed, _error) = (true, error);
        while (_writes.Take() is { } write)
            write.Fail(Closed());
        Announce(_writers, isOpen: false);
        EndIfEmpty();
        return true;
    }

    private void EndIfEmpty()
    {
        if (!_isClosed || _values.Count > 0)
            return;
        while (_reads.Take() is { } read)
            read.Fail(Closed());
        Announce(_readers, isOpen: false);
        _completion.End(_error);
    }

    private void Announce(OperationQueue waiting, bool isOpen)
    {
        while (waiting.Take() is Readiness { } readiness)
            Announce(readiness, isOpen);
    }

    private void Announce(Readiness readiness, bool isOpen)
    {
        if (!isOpen && _error is not null)
            readiness.Fail(_error);
        else
            readiness.Announce(isOpen);
    }

    private ChannelClosedException Closed() => new(_error);

    // What waiting for readiness comes to in a channel that is closed.
    private ValueTask<bool> Ended() =>
        _error is null ? new ValueTask<bool>(false) : ValueTask.FromException<bool>(_error);

    /// <summary>Whether the scope of the code that runs is cancelled.</summary>
    private static bool IsCancelled(EventLoop? loop) => loop is not null && loop.CurrentNode.IsCancelled;

    // One comparison, as long as the loop that used it last uses it again.
    private EventLoop? Check()
    {
        var loop = EventLoop.Current;
        if (loop != _loop)
            Bind(loop);
        return loop;
    }

    private void Bind(EventLoop? loop)
    {
        if (_loop is { IsRunning: true } || IsWaitedFor)
            throw WaitQueue.IsElsewhere("A LoopChannel that a loop uses");
        _loop = loop;
    }

    private Read NewRead()
    {
        var read = _idleRead ?? new Read(this);
        _idleRead = read.NextIdle;
        return read;
    }

    private Write NewWrite(T value)
    {
        var write = _idleWrite ?? new Write(this);
        _idleWrite = write.NextIdle;
        write.Take(value);
        return write;
    }

    private ValueTask<bool> WaitAsync(OperationQueue queue, string what, CancellationToken cancellationToken)
    {
        var loop = EventLoop.Get(what);
        var readiness = _idleReadiness ?? new Readiness(this);
        _idleReadiness = readiness.NextIdle;
        readiness.WaitIn(queue);
        readiness.Begin(loop, loop.CurrentNode.IsCancelled, cancellationToken);
        return new ValueTask<bool>(readiness, readiness.Version);
    }
}
