using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ScopedTasks;

/// <summary>Is what a loop knows of sockets and pipes: who waits for which, and how the system is asked.</summary>
internal sealed class LoopIo : IDisposable
{
    private readonly Dictionary<SafeHandle, HandleWatch> _watches = [];

    private int _ours;

    private LoopIo(EventLoop loop, EpollReactor? reactor)
    {
        (Loop, Reactor) = (loop, reactor);
        Sockets = reactor is null ? new SelectPoller(loop) : new EpollPoller(reactor);
    }

    /// <summary>Whose it is.</summary>
    public EventLoop Loop { get; }

    /// <summary>Epoll, where the loop may use it.</summary>
    public EpollReactor? Reactor { get; }

    /// <summary>Asks the system.</summary>
    public SocketPoller Sockets { get; }

    /// <summary>Whether somebody waits for something that others may close, which epoll does not tell.</summary>
    public bool MayMissClosing => Reactor is not null && _watches.Count > _ours;

    /// <summary>That of a loop: with epoll, unless that is not there or not wanted.</summary>
    public static LoopIo For(EventLoop loop, bool isPortable)
    {
        if (isPortable || !OperatingSystem.IsLinux())
            return new LoopIo(loop, reactor: null);
        try
        {
            return new LoopIo(loop, new EpollReactor());
        }
        catch (Exception exception) when (exception is Win32Exception or DllNotFoundException
                                              or EntryPointNotFoundException)
        {
            // No file is left, or the system is not the Linux that it says to be.
            return new LoopIo(loop, reactor: null);
        }
    }

    /// <summary>Lets a waiter wait for a socket or a pipe.</summary>
    /// <param name="waiter">Who waits.</param>
    /// <param name="handle">For what.</param>
    /// <param name="socket">The same, if it is a socket.</param>
    /// <param name="toWrite">Whether for room to write.</param>
    /// <param name="isOurs">Whether nobody else can close it.</param>
    public void Wait(Waiter waiter, SafeHandle handle, Socket? socket, bool toWrite, bool isOurs)
    {
        var node = waiter.FindNode(Loop);
        if (!_watches.TryGetValue(handle, out var watch))
        {
            watch = new HandleWatch(this, handle, socket) { IsOurs = isOurs };
            _watches.Add(handle, watch);
            _ours += isOurs ? 1 : 0;
        }
        var wait = new HandleWait(watch, waiter, toWrite);
        if (waiter is LoopTask task)
            task.WaitExternally(wait, node, Loop);
        else
            waiter.Wait(wait, node);
        if (node.IsCancelled)
            waiter.Abort();
        else
            watch.Add(wait);
    }

    /// <summary>Forgets a watch that nobody needs.</summary>
    public void Drop(HandleWatch watch)
    {
        if (_watches.TryGetValue(watch.Handle, out var current) && current == watch)
        {
            _watches.Remove(watch.Handle);
            _ours -= watch.IsOurs ? 1 : 0;
        }
        Sockets.Disarm(watch);
    }

    /// <summary>Tells those who wait for something that was closed.</summary>
    public void FailClosed()
    {
        List<HandleWatch>? closed = null;
        foreach (var (handle, watch) in _watches)
        {
            if (handle.IsClosed)
                (closed ??= []).Add(watch);
        }
        foreach (var watch in closed ?? [])
            watch.FailAsClosed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sockets.Dispose();
        Reactor?.Dispose();
    }
}
