using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>Two values that are computed at once.</summary>
[Title("Two values")]
public class TwoValues
{
    private readonly CancellationTokenSource _outer = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = Turns.Count, Description = "linked token and WhenAll")]
    public async Task Hand()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await HandAsync();
    }

    private Task<(int First, int Second)> HandAsync() =>
        ByHand.TwoValuesAsync(Work.ValueAsync, Work.ValueAsync, _outer.Token);

    [Gate(1.3)]
    [Benchmark(OperationsPerInvoke = Turns.Count, Description = "Run")]
    public async Task Run()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await RunAsync();
    }

    private Task<(int First, int Second)> RunAsync() => TaskGroup.RunAsync(
        static async group =>
        {
            var first = group.Run(Work.ValueAsync);
            var second = group.Run(Work.ValueAsync);
            return (await first, await second);
        },
        _outer.Token);

    [Gate(1.3)]
    [Benchmark(OperationsPerInvoke = Turns.Count, Description = "WhenAllAsync")]
    public async Task WhenAll()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await WhenAllAsync();
    }

    private Task<(int First, int Second)> WhenAllAsync() =>
        TaskGroup.WhenAllAsync(Work.ValueAsync, Work.ValueAsync, _outer.Token);
}
