using System;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace ScopedTasks;

// How coroutines wait for sockets that they read and write themselves.
public sealed partial class EventLoop
{
    /// <summary>Waits until something can be read from a socket, or accepted, or its end has come.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>Any socket, any number of waiters, for reading and writing at once: all whose wait has ended go on. What
    /// one of them reads the next one does not find any more.</item>
    /// <item>Level-triggered: as long as nobody reads what is there, the next wait ends, too.</item>
    /// <item>A cancellation point; the wait leaves no trace on the socket.</item>
    /// <item>A socket that is disposed meanwhile ends the wait with an <see cref="ObjectDisposedException"/>: at once
    /// when the loop's thread did it, else within a second.</item>
    /// </list>
    /// After Trio's <c>wait_readable</c>.
    /// </remarks>
    /// <param name="socket">The socket, blocking or not.</param>
    /// <returns>Ends when it can be read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed, or was meanwhile.</exception>
    public static Coroutine WaitReadableAsync(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return HandleReadiness.WaitAsync(socket, toWrite: false);
    }

    /// <summary>Waits until something can be written to a socket, or it is connected, or has failed.</summary>
    /// <inheritdoc cref="WaitReadableAsync(Socket)"/>
    /// <param name="socket">The socket, blocking or not.</param>
    /// <returns>Ends when it can be written.</returns>
    public static Coroutine WaitWritableAsync(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return HandleReadiness.WaitAsync(socket, toWrite: true);
    }

    /// <summary>Waits until something can be read from a pipe, or its end has come; on Linux only.</summary>
    /// <remarks>
    /// As <see cref="WaitReadableAsync(Socket)"/>. Everywhere else, and with
    /// <see cref="EventLoopOptions.PortableIo"/>, await <c>ReadAsync</c> of the stream: a thread reads it then.
    /// </remarks>
    /// <param name="pipe">The handle, as of an <c>AnonymousPipeServerStream</c>.</param>
    /// <returns>Ends when it can be read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pipe"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The pipe is disposed, or was meanwhile.</exception>
    /// <exception cref="PlatformNotSupportedException">The loop cannot wait for pipes here.</exception>
    public static Coroutine WaitPipeReadableAsync(SafePipeHandle pipe)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        return HandleReadiness.WaitAsync(pipe, toWrite: false);
    }

    /// <summary>Waits until something can be written to a pipe, or nobody reads it any more; on Linux only.</summary>
    /// <inheritdoc cref="WaitPipeReadableAsync(SafePipeHandle)"/>
    /// <param name="pipe">The handle, as of an <c>AnonymousPipeServerStream</c>.</param>
    /// <returns>Ends when it can be written.</returns>
    public static Coroutine WaitPipeWritableAsync(SafePipeHandle pipe)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        return HandleReadiness.WaitAsync(pipe, toWrite: true);
    }
}
