using System;

namespace ScopedTasks;

/// <summary>Asks the system which of the sockets that are waited for are ready, and tells their watches.</summary>
internal abstract class SocketPoller : IDisposable
{
    /// <summary>Asks for what a watch wants to know now; on the loop's thread.</summary>
    public abstract void Rearm(HandleWatch watch);

    /// <summary>Asks for it no more; on the loop's thread.</summary>
    public abstract void Disarm(HandleWatch watch);

    /// <inheritdoc/>
    public abstract void Dispose();
}
