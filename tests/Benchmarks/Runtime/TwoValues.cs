using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>Two values that are computed at once.</summary>
[Title("Two values")]
public class TwoValues
{
    private readonly CancellationTokenSource _outer = new();

    [Benchmark(Baseline = true, Description = "linked token and WhenAll")]
    public Task<(int First, int Second)> Hand() =>
        ByHand.TwoValuesAsync(Work.ValueAsync, Work.ValueAsync, _outer.Token);

    [Gate(1.3)]
    [Benchmark(Description = "Run")]
    public Task<(int First, int Second)> Run() => TaskGroup.RunAsync(
        static async group =>
        {
            var first = group.Run(Work.ValueAsync);
            var second = group.Run(Work.ValueAsync);
            return (await first, await second);
        },
        _outer.Token);

    [Gate(1.3)]
    [Benchmark(Description = "WhenAllAsync")]
    public Task<(int First, int Second)> WhenAllAsync() =>
        TaskGroup.WhenAllAsync(Work.ValueAsync, Work.ValueAsync, _outer.Token);
}
