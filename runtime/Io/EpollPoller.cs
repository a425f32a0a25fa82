namespace ScopedTasks;

/// <summary>Asks epoll, in the sleep of the loop itself.</summary>
/// <remarks>Only while somebody waits: else sockets that others read would wake the loop for nothing.</remarks>
internal sealed class EpollPoller(EpollReactor reactor) : SocketPoller
{
    /// <inheritdoc/>
    public override void Rearm(HandleWatch watch)
    {
        var file = (int)watch.Handle.DangerousGetHandle();
        if (watch.Slot < 0)
            reactor.Add(watch, file, watch.Interest);
        else
            reactor.Modify(watch, file, watch.Interest);
    }

    /// <inheritdoc/>
    public override void Disarm(HandleWatch watch)
    {
        if (watch.Slot >= 0)
            reactor.Remove(watch, watch.Handle.IsClosed ? -1 : (int)watch.Handle.DangerousGetHandle());
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
