using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>One of 100 000 children of a group that runs 64 at once.</summary>
[Title("A queued child of 100 000, 64 at once")]
public class QueuedChild
{
    private const int Count = 100_000;
    private const int Limit = 64;

    private static readonly TaskGroupOptions s_bounded = new() { MaxConcurrency = Limit };

    [Benchmark(Baseline = true, Description = "SemaphoreSlim and WhenAll", OperationsPerInvoke = Count)]
    public async Task WithSemaphore()
    {
        using var places = new SemaphoreSlim(Limit);
        var tasks = new Task[Count];
        for (var i = 0; i < Count; i++)
        {
            tasks[i] = InPlaceAsync(places);
        }

        await Task.WhenAll(tasks);
    }

    [Gate(1.5)]
    [Benchmark(Description = "Spawn", OperationsPerInvoke = Count)]
    public Task Spawn() => TaskGroup.RunAsync(
        static group =>
        {
            for (var i = 0; i < Count; i++)
            {
                group.Spawn(Work.OnceAsync);
            }
        },
        s_bounded);

    private static async Task InPlaceAsync(SemaphoreSlim places)
    {
        await places.WaitAsync();
        try
        {
            await Work.OnceAsync(default);
        }
        finally
        {
            places.Release();
        }
    }
}
