using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ScopedTasks;

/// <summary>Tells a loop which files are ready, in the same wait of the system in which it sleeps.</summary>
/// <remarks>
/// A place in it is used again; each use has a number, so that an event which was under way when the use ended is not
/// taken for one of the next.
/// </remarks>
internal sealed class EpollReactor : IDisposable
{
    private const int EventsAtOnce = 256;
    private const int WakeSlot = -1;

    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;
    private readonly int[] _events = new int[EventsAtOnce * EpollLayout.Current.Size];
    private readonly int[] _change = new int[EpollLayout.Current.Size];
    private readonly Stack<int> _free = new();
    private (FileWatch? Watch, int Use)[] _watches = new (FileWatch?, int)[16];
    private int _used;
    private bool _hasWaited;

    public EpollReactor()
    {
        _epoll = LinuxFiles.NewEpoll();
        try
        {
            _wake = LinuxFiles.NewCounter();
            EpollLayout.Current.Write(_change, FileEvents.Readable | FileEvents.Changes, WakeSlot, use: 0);
            if (!LinuxFiles.TryControl(_epoll, EpollChange.Add, _wake, _change))
                throw LinuxFiles.LastFailure();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Watches a file.</summary>
    public void Add(FileWatch watch, SafeHandle file, FileEvents events)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            if (slot == _watches.Length)
                Array.Resize(ref _watches, slot * 2);
        }
        try
        {
            if (!TryControl(EpollChange.Add, file, events, slot))
                throw LinuxFiles.LastFailure();
        }
        catch
        {
            _free.Push(slot);
            throw;
        }
        _watches[slot].Watch = watch;
        watch.Slot = slot;
    }

    /// <summary>Watches a file for something else.</summary>
    public void Modify(FileWatch watch, SafeHandle file, FileEvents events)
    {
        if (!TryControl(EpollChange.Modify, file, events, watch.Slot))
            throw LinuxFiles.LastFailure();
    }

    /// <summary>Watches a file no more.</summary>
    /// <param name="watch">Who was told.</param>
    /// <param name="file">The file; when it was closed, the system has forgotten it.</param>
    public void Remove(FileWatch watch, SafeHandle file)
    {
        if (_epoll.IsClosed)
            return;
        ref var place = ref _watches[watch.Slot];
        place.Watch = null;
        place.Use++;
        _free.Push(watch.Slot);
        try
        {
            if (!file.IsClosed)
                _ = TryControl(EpollChange.Remove, file, FileEvents.None, watch.Slot);
        }
        catch (ObjectDisposedException)
        {
            // It was closed meanwhile, which is as good.
        }
        watch.Slot = -1;
    }

    /// <summary>Sleeps until a file is ready, somebody wakes the loop, or the time is over.</summary>
    public void Sleep(int milliseconds)
    {
        _hasWaited = true;
        Wait(milliseconds);
    }

    /// <summary>Looks which files are ready, unless the loop has just slept.</summary>
    /// <returns>Whether one was.</returns>
    public bool Poll()
    {
        if (_hasWaited)
        {
            _hasWaited = false;
            return false;
        }
        return Wait(milliseconds: 0);
    }

    /// <summary>Ends the sleep; from any thread.</summary>
    public void Wake() => LinuxFiles.Increment(_wake);

    /// <inheritdoc/>
    public void Dispose()
    {
        _epoll.Dispose();
        _wake?.Dispose();
    }

    private bool Wait(int milliseconds)
    {
        var count = LinuxFiles.Wait(_epoll, _events, EventsAtOnce, milliseconds);
        for (var index = 0; index < count; index++)
        {
            var (events, slot, use) = EpollLayout.Current.Read(_events, index);
            if (slot >= 0 && _watches[slot] is { Watch: { } watch } place && place.Use == use)
                watch.OnReady(events);
        }
        return count > 0;
    }

    private bool TryControl(EpollChange change, SafeHandle file, FileEvents events, int slot)
    {
        EpollLayout.Current.Write(_change, events, slot, _watches[slot].Use);
        return LinuxFiles.TryControl(_epoll, change, file, _change);
    }
}
