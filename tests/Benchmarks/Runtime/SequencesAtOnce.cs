using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>One of 20 000 elements, sixteen at once, whose body completes at once.</summary>
[Title("An element of 20 000, complete at once")]
public class SequencesAtOnce
{
    private const int Count = 20_000;
    private const int Limit = 16;

    private static readonly int[] s_items = [.. Enumerable.Range(0, Count)];
    private static readonly ParallelOptions s_parallel = new() { MaxDegreeOfParallelism = Limit };

    [Benchmark(Baseline = true, Description = "Parallel.ForEachAsync", OperationsPerInvoke = Count)]
    public Task Parallelly() => Parallel.ForEachAsync(s_items, s_parallel, static (_, _) => default);

    [Gate(1.0)]
    [Benchmark(Description = "ForEachAsync", OperationsPerInvoke = Count)]
    public Task ForEachAsync() => TaskGroup.ForEachAsync(s_items, static (_, _) => Task.CompletedTask, Limit);

    [Gate(1.0)]
    [Benchmark(Description = "SelectAsync", OperationsPerInvoke = Count)]
    public Task<int[]> SelectAsync() =>
        TaskGroup.SelectAsync(s_items, static (item, _) => Task.FromResult(item), Limit);
}
