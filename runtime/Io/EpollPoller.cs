namespace ScopedTasks;

/// <summary>Asks epoll, in the sleep of the loop itself.</summary>
/// <remarks>
/// Only while somebody waits: else sockets that others read would wake the loop for nothing. And to be told once: a
/// file that was closed here, and lives on in another process, cannot be taken out any more.
/// </remarks>
internal sealed class EpollPoller(EpollReactor reactor) : SocketPoller
{
    /// <inheritdoc/>
    public override void Rearm(HandleWatch watch)
    {
        var events = watch.Interest | FileEvents.Once;
        if (watch.Slot < 0)
            reactor.Add(watch, watch.Handle, events);
        else
            reactor.Modify(watch, watch.Handle, events);
    }

    /// <inheritdoc/>
    public override void Disarm(HandleWatch watch)
    {
        if (watch.Slot >= 0)
            reactor.Remove(watch, watch.Handle);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
