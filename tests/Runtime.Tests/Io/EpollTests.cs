using System;
using System.Runtime.InteropServices;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Io;

/// <summary>How events of epoll lie in memory, and whose they are.</summary>
public sealed class EpollTests
{
    [Theory]
    [InlineData(Architecture.X64, 12, 4)]
    [InlineData(Architecture.Arm64, 16, 8)]
    [InlineData(Architecture.S390x, 16, 8)]
    public void An_event_lies_as_the_kernel_has_it(Architecture architecture, int size, int dataAt)
    {
        var layout = EpollLayout.For(architecture);
        Assert.Equal((size, dataAt), (layout.Size * sizeof(int), layout.Data * sizeof(int)));
        var buffer = new int[3 * layout.Size];
        layout.Write(buffer, FileEvents.Readable | FileEvents.Changes, slot: 7, use: 9);
        Array.Copy(buffer, 0, buffer, 2 * layout.Size, layout.Size);
        Assert.Equal((FileEvents.Readable | FileEvents.Changes, 7, 9), layout.Read(buffer, 2));
    }

    [Fact]
    public void An_event_of_an_earlier_use_of_a_place_is_not_taken_for_one_of_the_next()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (here, there) = Support.OnSockets.NewPair();
        using var one = here;
        using var other = there;
        using var reactor = new EpollReactor();
        var next = new Watch();
        var second = new Watch();
        var first = new Watch(() =>
        {
            // Both events were fetched at once: the second one is under way when its watch goes.
            reactor.Remove(second, File(there));
            reactor.Add(next, File(there), FileEvents.Readable);
        });
        reactor.Add(first, File(here), FileEvents.Writable);
        reactor.Add(second, File(there), FileEvents.Writable);
        reactor.Sleep(milliseconds: 0);
        Assert.Equal((1, 0, 0), (first.Count, second.Count, next.Count));

        static SafeHandle File(System.Net.Sockets.Socket socket) => socket.SafeHandle;
    }

    [Fact]
    public void A_wake_up_ends_the_next_sleep_and_no_other()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var reactor = new EpollReactor();
        reactor.Wake();
        Assert.True(reactor.Poll());
        Assert.False(reactor.Poll());
        reactor.Dispose();
        Assert.Throws<ObjectDisposedException>(reactor.Wake);
    }

    private sealed class Watch(Action? action = null) : FileWatch
    {
        public int Count { get; private set; }

        public override void OnReady(FileEvents events)
        {
            Count++;
            action?.Invoke();
        }
    }
}
