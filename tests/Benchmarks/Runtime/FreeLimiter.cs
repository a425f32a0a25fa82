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

    [Benchmark(Baseline = true, Description = "SemaphoreSlim")]
    public async Task Semaphore()
    {
        await _semaphore.WaitAsync();
        _semaphore.Release();
    }

    [Gate(1.5)]
    [Benchmark(Description = "CapacityLimiter")]
    public async Task Limiter()
    {
        using (await _limiter.AcquireAsync())
        {
        }
    }
}
