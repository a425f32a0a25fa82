using System;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ScopedTasks;

/// <summary>
/// Waits until a socket or a pipe can be read or written, or the wait is cancelled; for coroutines only.
/// </summary>
internal readonly struct HandleReadiness(SafeHandle handle, Socket? socket, bool toWrite, bool isOurs)
    : ICriticalNotifyCompletion, ILoopAwaiter
{
    public bool IsCompleted => false;

    public HandleReadiness GetAwaiter() => this;

    public void GetResult() => Waiter.Current!.Take();

    public void OnCompleted(Action continuation) => throw new NotSupportedException();

    public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();

    void ILoopAwaiter.Suspend(Waiter waiter) => EventLoop.Current!.Io.Wait(waiter, handle, socket, toWrite, isOurs);

    /// <summary>Waits for a socket that may be ready now.</summary>
    public static async Coroutine WaitAsync(Socket socket, bool toWrite, bool isOurs = false)
    {
        await Coroutine.Checkpoint();
        // Who finds it ready each time must not keep the others from running.
        if (socket.Poll(0, toWrite ? SelectMode.SelectWrite : SelectMode.SelectRead))
            await Coroutine.Yield();
        else
            await new HandleReadiness(socket.SafeHandle, socket, toWrite, isOurs);
    }

    /// <summary>Waits for a pipe.</summary>
    public static async Coroutine WaitAsync(SafePipeHandle pipe, bool toWrite)
    {
        await Coroutine.Checkpoint();
        ObjectDisposedException.ThrowIf(pipe.IsClosed, pipe);
        if (EventLoop.Current!.Io.Reactor is null)
        {
            throw new PlatformNotSupportedException(
                "Only on Linux an event loop waits for pipes; await ReadAsync or WriteAsync of the stream.");
        }
        await new HandleReadiness(pipe, socket: null, toWrite, isOurs: false);
    }
}
