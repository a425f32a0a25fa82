using System;
using System.IO.Pipes;
using System.Text;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Io;

/// <summary>Pipes: awaited as streams, and waited for by the loop itself.</summary>
public sealed class PipeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task S2_16_An_echo_over_an_anonymous_pipe(bool loopWaits) => OnSockets.Run(portable: false, async () =>
    {
        if (loopWaits && !OperatingSystem.IsLinux())
            return;
        using var there = new AnonymousPipeServerStream(PipeDirection.Out);
        using var thereEnd = new AnonymousPipeClientStream(PipeDirection.In, there.ClientSafePipeHandle);
        using var back = new AnonymousPipeServerStream(PipeDirection.Out);
        using var backEnd = new AnonymousPipeClientStream(PipeDirection.In, back.ClientSafePipeHandle);
        var thread = Environment.CurrentManagedThreadId;
        await CoroutineGroup.RunAsync(async group =>
        {
            group.Spawn(Echo());
            var buffer = new byte[10];
            foreach (var text in new[] { "one", "two", "three" })
            {
                await there.WriteAsync(Encoding.UTF8.GetBytes(text));
                var count = await Read(backEnd, buffer);
                Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, count));
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }
            there.Dispose();
        });

        async Coroutine Echo()
        {
            var buffer = new byte[10];
            while (await Read(thereEnd, buffer) is > 0 and var count)
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                if (loopWaits)
                    await EventLoop.WaitPipeWritableAsync(back.SafePipeHandle);
                await back.WriteAsync(buffer.AsMemory(0, count));
            }
        }

        async Coroutine<int> Read(PipeStream pipe, byte[] buffer)
        {
            if (!loopWaits)
                return await pipe.ReadAsync(buffer);
            await EventLoop.WaitPipeReadableAsync(pipe.SafePipeHandle);
            // What is there is read at once.
            return ReadNow(pipe, buffer);
        }
    });

    [Fact]
    public Task A_wait_for_a_pipe_is_cancelled_and_ends_when_the_pipe_is_disposed() =>
        OnSockets.Run(portable: false, async () =>
        {
            if (!OperatingSystem.IsLinux())
                return;
            using var there = new AnonymousPipeServerStream(PipeDirection.Out);
            var end = new AnonymousPipeClientStream(PipeDirection.In, there.ClientSafePipeHandle);
            var handle = end.SafePipeHandle;
            Assert.False(await Coroutine.MoveOnAfterAsync(
                TimeSpan.FromMilliseconds(1), _ => EventLoop.WaitPipeReadableAsync(handle)));
            await CoroutineGroup.RunAsync(async group =>
            {
                group.Spawn(Expect());
                await EventLoop.WaitAllTasksBlockedAsync();
                end.Dispose();
            });
            await Expect();

            async Coroutine Expect()
            {
                try
                {
                    await EventLoop.WaitPipeReadableAsync(handle);
                    Assert.Fail("The wait has ended.");
                }
                catch (ObjectDisposedException)
                {
                }
            }
        });

    [Fact]
    public Task Where_the_framework_waits_for_sockets_nobody_waits_for_pipes() =>
        OnSockets.Run(portable: true, async () =>
        {
            using var there = new AnonymousPipeServerStream(PipeDirection.Out);
            await Assert.ThrowsAsync<PlatformNotSupportedException>(
                async () => await EventLoop.WaitPipeWritableAsync(there.SafePipeHandle));
        });

    private static int ReadNow(PipeStream pipe, byte[] buffer) => pipe.Read(buffer);
}
