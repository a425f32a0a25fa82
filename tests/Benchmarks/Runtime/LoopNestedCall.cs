using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>A call of an asynchronous method that suspends once.</summary>
[Title("A nested call, suspending once")]
public class LoopNestedCall
{
    private const int Count = 100_000;

    [Benchmark(Baseline = true, Description = "ValueTask on one thread", OperationsPerInvoke = Count)]
    public Task ValueTasks() => SingleThread.Run(static async () =>
    {
        for (var turn = 0; turn < Count; turn++)
            await CallAsync(turn);
    });

    [Gate(0.6)]
    [Benchmark(Description = "Coroutine", OperationsPerInvoke = Count)]
    public Task Coroutines()
    {
        EventLoop.Run(Caller());
        return Task.CompletedTask;

        static async Coroutine Caller()
        {
            for (var turn = 0; turn < Count; turn++)
                await Call(turn);
        }
    }

    private static async ValueTask<int> CallAsync(int value)
    {
        await Task.Yield();
        return value;
    }

    private static async Coroutine<int> Call(int value)
    {
        await Coroutine.Yield();
        return value;
    }
}
