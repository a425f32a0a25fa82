using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>A token that is free is taken and given back.</summary>
[Title("A free token")]
public class FreeLimiter
{
    private readonly SemaphoreSlim _semaphore = new(1);
    private readonly CapacityLimiter _limiter = new(1);

    [Benchmark(Baseline = true, OperationsPerInvoke = Turns.Count, Description = "SemaphoreSlim")]
    public async Task Semaphore()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await SemaphoreAsync();
    }

    private async Task SemaphoreAsync()
    {
        await _semaphore.WaitAsync();
        _semaphore.Release();
    }

    [Gate(1.5)]
    [Benchmark(OperationsPerInvoke = Turns.Count, Description = "CapacityLimiter")]
    public async Task Limiter()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await LimiterAsync();
    }

    private async Task LimiterAsync()
    {
        using (await _limiter.AcquireAsync())
        {
        }
    }
}
