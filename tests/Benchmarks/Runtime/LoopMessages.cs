using System.Threading.Channels;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>A question through one channel, and its answer through another.</summary>
[Title("A message round trip")]
public class LoopMessages
{
    private const int Count = 50_000;

    [Benchmark(Baseline = true, Description = "two channels on one thread", OperationsPerInvoke = Count)]
    public Task Channels() => SingleThread.Run(static () =>
    {
        var options = new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true };
        var (there, back) = (Channel.CreateBounded<int>(options), Channel.CreateBounded<int>(options));
        return Task.WhenAll(AskAsync(there, back), AnswerAsync(there, back));
    });

    [Gate(1.0)]
    [Benchmark(Description = "two LoopChannels", OperationsPerInvoke = Count)]
    public Task LoopChannels()
    {
        EventLoop.Run(CoroutineGroup.RunAsync(static async group =>
        {
            var (there, back) = (LoopChannel.CreateBounded<int>(1), LoopChannel.CreateBounded<int>(1));
            group.Spawn(Answer(there, back));
            await Ask(there, back);
        }));
        return Task.CompletedTask;
    }

    private static async Task AskAsync(Channel<int> there, Channel<int> back)
    {
        for (var turn = 0; turn < Count; turn++)
        {
            await there.Writer.WriteAsync(turn);
            await back.Reader.ReadAsync();
        }
    }

    private static async Task AnswerAsync(Channel<int> there, Channel<int> back)
    {
        for (var turn = 0; turn < Count; turn++)
            await back.Writer.WriteAsync(await there.Reader.ReadAsync());
    }

    private static async Coroutine Ask(Channel<int> there, Channel<int> back)
    {
        for (var turn = 0; turn < Count; turn++)
        {
            await there.Writer.WriteAsync(turn);
            await back.Reader.ReadAsync();
        }
    }

    private static async Coroutine Answer(Channel<int> there, Channel<int> back)
    {
        for (var turn = 0; turn < Count; turn++)
            await back.Writer.WriteAsync(await there.Reader.ReadAsync());
    }
}
