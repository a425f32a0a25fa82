using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>A group of two children, in its forms.</summary>
[Title("A group of two")]
public class GroupOfTwo
{
    private readonly CancellationTokenSource _outer = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = Turns.Count, Description = "linked token and WhenAll")]
    public async Task Hand()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await HandAsync();
    }

    private Task HandAsync() => ByHand.TwoAsync(Work.OnceAsync, Work.OnceAsync, _outer.Token);

    [Gate(1.0, Bytes = 1_000)]
    [Benchmark(OperationsPerInvoke = Turns.Count, Description = "lambda form")]
    public async Task Lambda()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await LambdaAsync();
    }

    private Task LambdaAsync() => TaskGroup.RunAsync(
        static group =>
        {
            group.Spawn(Work.OnceAsync);
            group.Spawn(Work.OnceAsync);
        },
        _outer.Token);

    [Gate(1.3)]
    [Benchmark(OperationsPerInvoke = Turns.Count, Description = "scope form")]
    public async Task Scope()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await ScopeAsync();
    }

    private async Task ScopeAsync()
    {
        await using var group = TaskGroup.Open(_outer.Token);
        group.Spawn(Work.OnceAsync);
        group.Spawn(Work.OnceAsync);
        await group.CompleteAsync();
    }
}
