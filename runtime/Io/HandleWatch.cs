using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ScopedTasks;

/// <summary>Knows who waits for a socket or a pipe.</summary>
internal sealed class HandleWatch(LoopIo io, SafeHandle handle, Socket? socket) : FileWatch
{
    private readonly List<HandleWait> _waits = [];

    /// <summary>The socket, if it is one.</summary>
    public Socket? Socket => socket;

    /// <summary>Whether nobody else can close it.</summary>
    public bool IsOurs { get; init; }

    /// <summary>What is waited for.</summary>
    public SafeHandle Handle => handle;

    /// <summary>What those who wait want to know.</summary>
    public FileEvents Interest
    {
        get
        {
            var events = FileEvents.None;
            foreach (var wait in _waits)
                events |= wait.ToWrite ? FileEvents.Writable : FileEvents.Readable;
            return events;
        }
    }

    /// <summary>Lets a wait begin.</summary>
    public void Add(HandleWait wait)
    {
        _waits.Add(wait);
        Rearm();
    }

    /// <summary>A waiter was cancelled.</summary>
    public void Withdraw(HandleWait wait)
    {
        _waits.Remove(wait);
        Rearm();
    }

    /// <inheritdoc/>
    public override void OnReady(FileEvents events)
    {
        if (handle.IsClosed)
        {
            FailAsClosed();
            return;
        }
        for (var index = 0; index < _waits.Count;)
        {
            var wait = _waits[index];
            if ((events & (wait.ToWrite ? FileEvents.EndsWriting : FileEvents.EndsReading)) == 0)
            {
                index++;
                continue;
            }
            _waits.RemoveAt(index);
            wait.Waiter.Wake(io.Loop);
        }
        Rearm();
    }

    /// <summary>It was closed: whoever waits for it has nothing to wait for.</summary>
    public void FailAsClosed() => Fail(Closed);

    private ObjectDisposedException Closed() =>
        new((socket ?? (object)handle).GetType().Name, "It was disposed while somebody waited for it.");

    private void Fail(Func<Exception> newFailure)
    {
        foreach (var wait in _waits)
            wait.Waiter.WakeWith(io.Loop, newFailure());
        _waits.Clear();
        io.Drop(this);
    }

    // Called in the middle of a suspension and of a cancellation: whoever waits is told what goes wrong.
    private void Rearm()
    {
        if (handle.IsClosed)
        {
            FailAsClosed();
            return;
        }
        if (_waits.Count == 0)
        {
            io.Drop(this);
            return;
        }
        try
        {
            io.Sockets.Rearm(this);
        }
        catch (Exception exception)
        {
            Fail(() => handle.IsClosed ? Closed() : exception);
        }
    }
}
