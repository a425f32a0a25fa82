using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ScopedTasks;

/// <summary>Calls Linux: what the framework does not offer.</summary>
internal static class LinuxFiles
{
    private const int Interrupted = 4;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    private static readonly ulong[] s_one = [1];

    /// <summary>A new epoll instance.</summary>
    public static SafeFileHandle NewEpoll() => Owned(epoll_create1(CloseOnExec));

    /// <summary>A new counter, which can be waited for.</summary>
    public static SafeFileHandle NewCounter() => Owned(eventfd(0, CloseOnExec | NonBlocking));

    /// <summary>Adds one to a counter.</summary>
    public static void Increment(SafeFileHandle counter) => write(counter, s_one, sizeof(ulong));

    /// <summary>Adds, changes or removes what is watched.</summary>
    /// <returns>Whether it could.</returns>
    public static bool TryControl(SafeFileHandle epoll, EpollChange change, SafeHandle file, int[] data) =>
        epoll_ctl(epoll, (int)change, file, data) == 0;

    /// <summary>Why the last call failed.</summary>
    public static Win32Exception LastFailure() => new(Marshal.GetLastPInvokeError());

    /// <summary>Waits for events.</summary>
    /// <returns>How many there are.</returns>
    public static int Wait(SafeFileHandle epoll, int[] events, int count, int milliseconds)
    {
        var result = epoll_wait(epoll, events, count, milliseconds);
        if (result >= 0)
            return result;
        var error = Marshal.GetLastPInvokeError();
        // A signal came; the loop looks around and waits again.
        return error == Interrupted ? 0 : throw new Win32Exception(error);
    }

    private static SafeFileHandle Owned(int file) =>
        file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw LastFailure();

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(SafeFileHandle epoll, int change, SafeHandle file, int[] data);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_wait(SafeFileHandle epoll, [Out] int[] events, int count, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern int eventfd(uint value, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(SafeFileHandle file, ulong[] data, nint length);
}
