using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Spawning;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Spawning;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Behaviour;

/// <summary>What programs do before and after a buffer gets a bound.</summary>
public sealed class UnboundedBufferBehaviourTests : FixBehaviourTests<UnboundedBufferAnalyzer, UnboundedBufferFix>
{
    private protected override Code Code { get; } =
        Code.Program with { EditorConfig = "dotnet_diagnostic.SCOPE409.severity = warning" };

    [Fact]
    public Task Everything_that_is_written_is_read() => Keeps(
        """
        static class Program
        {
            static async Task Main()
            {
                var channel = Channel.CreateUnbounded<int>();
                var writing = WriteAsync(channel.Writer);
                var sum = 0;
                await foreach (var number in channel.Reader.ReadAllAsync()) sum += number;
                await writing;
                Console.WriteLine(sum);
            }

            static async Task WriteAsync(ChannelWriter<int> writer)
            {
                for (var i = 0; i < 5000; i++) await writer.WriteAsync(i);
                writer.Complete();
            }
        }
        """,
        "12497500");

    [Fact]
    public async Task A_burst_waits_for_its_consumer()
    {
        var (before, after) = await RunAsync(
            """
            static class Program
            {
                static async Task Main()
                {
                    var channel = Channel.CreateUnbounded<int>();
                    var writing = WriteAsync(channel.Writer);
                    Console.WriteLine("buffered " + channel.Reader.Count);
                    var sum = 0;
                    await foreach (var number in channel.Reader.ReadAllAsync()) sum += number;
                    await writing;
                    Console.WriteLine(sum);
                }

                static async Task WriteAsync(ChannelWriter<int> writer)
                {
                    for (var i = 0; i < 5000; i++) await writer.WriteAsync(i);
                    writer.Complete();
                }
            }
            """);
        Assert.Equal(["buffered 5000", "12497500"], before.Lines);
        Assert.Equal(["buffered 1000", "12497500"], after.Lines);
    }
}
