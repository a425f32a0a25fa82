using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>One of 100 000 children of a group.</summary>
[Title("A child of 100 000")]
public class ChildOfMany
{
    private const int Count = 100_000;

    [Benchmark(Baseline = true, Description = "Task.WhenAll", OperationsPerInvoke = Count)]
    public Task WhenAll()
    {
        var tasks = new Task[Count];
        for (var i = 0; i < Count; i++)
        {
            tasks[i] = Work.OnceAsync(default);
        }

        return Task.WhenAll(tasks);
    }

    [Gate(2.5, Bytes = 240)]
    [Benchmark(Description = "Spawn", OperationsPerInvoke = Count)]
    public Task Spawn() => TaskGroup.RunAsync(static group =>
    {
        for (var i = 0; i < Count; i++)
        {
            group.Spawn(Work.OnceAsync);
        }
    });
}
