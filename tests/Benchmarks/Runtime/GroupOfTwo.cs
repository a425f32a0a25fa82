using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>A group of two children, in its forms.</summary>
[Title("A group of two")]
public class GroupOfTwo
{
    private readonly CancellationTokenSource _outer = new();

    [Benchmark(Baseline = true, Description = "linked token and WhenAll")]
    public Task Hand() => ByHand.TwoAsync(Work.OnceAsync, Work.OnceAsync, _outer.Token);

    [Gate(1.0, Bytes = 1_000)]
    [Benchmark(Description = "lambda form")]
    public Task Lambda() => TaskGroup.RunAsync(
        static group =>
        {
            group.Spawn(Work.OnceAsync);
            group.Spawn(Work.OnceAsync);
        },
        _outer.Token);

    [Gate(1.3)]
    [Benchmark(Description = "scope form")]
    public async Task Scope()
    {
        await using var group = TaskGroup.Open(_outer.Token);
        group.Spawn(Work.OnceAsync);
        group.Spawn(Work.OnceAsync);
        await group.CompleteAsync();
    }
}
