using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>Two that let each other run, in turns.</summary>
[Title("A context switch")]
public class LoopSwitch
{
    private const int Count = 100_000;

    [Benchmark(Baseline = true, Description = "Task.Yield on one thread", OperationsPerInvoke = Count)]
    public Task Yields() => SingleThread.Run(static () => Task.WhenAll(YieldAsync(), YieldAsync()));

    [Gate(0.35)]
    [Benchmark(Description = "Coroutine.Yield", OperationsPerInvoke = Count)]
    public Task Coroutines()
    {
        EventLoop.Run(CoroutineGroup.RunAsync(static async group =>
        {
            group.Spawn(Yield());
            await Yield();
        }));
        return Task.CompletedTask;
    }

    private static async Task YieldAsync()
    {
        for (var turn = 0; turn < Count / 2; turn++)
            await Task.Yield();
    }

    private static async Coroutine Yield()
    {
        for (var turn = 0; turn < Count / 2; turn++)
            await Coroutine.Yield();
    }
}
