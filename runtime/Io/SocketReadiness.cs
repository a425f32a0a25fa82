using System;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ScopedTasks;

/// <summary>Waits until a socket can be read or written, or the wait is cancelled; for coroutines only.</summary>
internal readonly struct SocketReadiness(Socket socket, bool toWrite, bool isOurs)
    : ICriticalNotifyCompletion, ILoopAwaiter
{
    public bool IsCompleted => false;

    public SocketReadiness GetAwaiter() => this;

    public void GetResult() => Waiter.Current!.Take();

    public void OnCompleted(Action continuation) => throw new NotSupportedException();

    public void UnsafeOnCompleted(Action continuation) => throw new NotSupportedException();

    void ILoopAwaiter.Suspend(Waiter waiter) => EventLoop.Current!.Io.Wait(waiter, socket, toWrite, isOurs);

    /// <summary>Waits for a socket that may be ready now.</summary>
    public static async Coroutine WaitAsync(Socket socket, bool toWrite, bool isOurs = false)
    {
        await Coroutine.Checkpoint();
        // Who finds it ready each time must not keep the others from running.
        if (socket.Poll(0, toWrite ? SelectMode.SelectWrite : SelectMode.SelectRead))
            await Coroutine.Yield();
        else
            await new SocketReadiness(socket, toWrite, isOurs);
    }
}
