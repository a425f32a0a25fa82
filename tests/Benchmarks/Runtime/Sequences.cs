using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>One of 20 000 elements, sixteen at once, whose body suspends once.</summary>
[Title("An element of 20 000, suspending once")]
public class Sequences
{
    private const int Count = 20_000;
    private const int Limit = 16;

    private static readonly int[] s_items = [.. Enumerable.Range(0, Count)];
    private static readonly ParallelOptions s_parallel = new() { MaxDegreeOfParallelism = Limit };

    [Benchmark(Baseline = true, Description = "Parallel.ForEachAsync", OperationsPerInvoke = Count)]
    public Task Parallelly() =>
        Parallel.ForEachAsync(s_items, s_parallel, static async (item, token) => await Work.ItemAsync(item, token));

    [Gate(1.0)]
    [Benchmark(Description = "ForEachAsync", OperationsPerInvoke = Count)]
    public Task ForEachAsync() => TaskGroup.ForEachAsync(s_items, Work.ItemAsync, Limit);

    [Gate(1.0)]
    [Benchmark(Description = "SelectAsync", OperationsPerInvoke = Count)]
    public Task<int[]> SelectAsync() => TaskGroup.SelectAsync(s_items, Work.ItemValueAsync, Limit);
}
