using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace ScopedTasks;

/// <summary>Asks <c>Socket.Select</c> on a thread of its own: works everywhere.</summary>
/// <remarks>
/// The thread asks again after a while, as a socket that it asks about cannot be closed before it has an answer on
/// every system. It ends when nobody has waited for some time.
/// </remarks>
internal sealed class SelectPoller(EventLoop loop) : SocketPoller
{
    private const int MicrosecondsAtOnce = 100_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Dictionary<HandleWatch, FileEvents> _interests = [];
    private Socket? _wake;
    private bool _isRunning;
    private bool _isDisposed;

    /// <inheritdoc/>
    public override void Rearm(HandleWatch watch)
    {
        lock (_interests)
        {
            _interests[watch] = watch.Interest;
            Monitor.Pulse(_interests);
            _wake ??= NewWake();
            if (!_isRunning)
            {
                _isRunning = true;
                new Thread(Run) { IsBackground = true, Name = "ScopedTasks sockets" }.UnsafeStart();
            }
        }
        _wake.Send([0]);
    }

    /// <inheritdoc/>
    public override void Disarm(HandleWatch watch)
    {
        lock (_interests)
            _interests.Remove(watch);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_interests)
        {
            _isDisposed = true;
            _interests.Clear();
            Monitor.Pulse(_interests);
            if (!_isRunning)
                _wake?.Dispose();
        }
    }

    // Sends to itself.
    private static Socket NewWake()
    {
        var wake = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        wake.Connect(wake.LocalEndPoint!);
        return wake;
    }

    private void Run()
    {
        var buffer = new byte[16];
        while (Collect() is { } asked)
        {
            var (reads, writes, errors) = (new List<Socket> { _wake! }, new List<Socket>(), new List<Socket>());
            foreach (var (watch, events) in asked)
            {
                if ((events & FileEvents.Readable) != 0)
                    reads.Add(watch.Socket!);
                if ((events & FileEvents.Writable) != 0)
                    writes.Add(watch.Socket!);
                errors.Add(watch.Socket!);
            }
            try
            {
                Socket.Select(reads, writes, errors, MicrosecondsAtOnce);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                // One of them was closed: those that were are told below.
                (reads, writes, errors) = ([], [], []);
            }
            while (_wake!.Available > 0)
                _wake.Receive(buffer);
            foreach (var (watch, _) in asked)
                Tell(watch, reads, writes, errors);
        }
    }

    private void Tell(HandleWatch watch, List<Socket> reads, List<Socket> writes, List<Socket> errors)
    {
        var events = (reads.Contains(watch.Socket!) ? FileEvents.Readable : FileEvents.None)
            | (writes.Contains(watch.Socket!) ? FileEvents.Writable : FileEvents.None)
            | (errors.Contains(watch.Socket!) || watch.Handle.IsClosed ? FileEvents.Failed : FileEvents.None);
        if (events == FileEvents.None)
            return;
        lock (_interests)
        {
            // Who waits on asks again.
            if (!_interests.Remove(watch))
                return;
        }
        loop.PostInternally(new CallbackItem(() => watch.OnReady(events)));
    }

    // What is to be asked; null when the thread is no longer needed.
    private List<KeyValuePair<HandleWatch, FileEvents>>? Collect()
    {
        lock (_interests)
        {
            if (_interests.Count == 0 && !_isDisposed)
                Monitor.Wait(_interests, s_patience);
            if (_interests.Count > 0)
                return [.. _interests];
            _isRunning = false;
            if (_isDisposed)
                _wake!.Dispose();
            return null;
        }
    }
}
