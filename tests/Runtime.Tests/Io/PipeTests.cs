using System;
using System.IO.Pipes;
using System.Text;
using System.Threading.Tasks;
using ScopedTasks.Runtime.Tests.Support;
using Xunit;

namespace ScopedTasks.Runtime.Tests.Io;

/// <summary>Pipes, which are awaited as every stream is.</summary>
public sealed class PipeTests
{
    [Fact]
    public Task S2_16_An_echo_over_an_anonymous_pipe() => OnSockets.Run(portable: false, async () =>
    {
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
                var count = await backEnd.ReadAsync(buffer);
                Assert.Equal(text, Encoding.UTF8.GetString(buffer, 0, count));
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }
            there.Dispose();
        });

        async Coroutine Echo()
        {
            var buffer = new byte[10];
            while (await thereEnd.ReadAsync(buffer) is > 0 and var count)
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                await back.WriteAsync(buffer.AsMemory(0, count));
            }
        }
    });
}
