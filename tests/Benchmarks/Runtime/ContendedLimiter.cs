using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>Eight workers take one of two tokens 2 000 times each, and suspend while they hold it.</summary>
[Title("A contended token")]
public class ContendedLimiter
{
    private const int Workers = 8;
    private const int Rounds = 2_000;
    private const int Tokens = 2;

    private readonly SemaphoreSlim _semaphore = new(Tokens);
    private readonly CapacityLimiter _limiter = new(Tokens);

    [Benchmark(Baseline = true, Description = "SemaphoreSlim", OperationsPerInvoke = Workers * Rounds)]
    public Task Semaphore()
    {
        var workers = new Task[Workers];
        for (var i = 0; i < Workers; i++)
        {
            workers[i] = WithSemaphoreAsync();
        }

        return Task.WhenAll(workers);
    }

    [Gate(1.5)]
    [Benchmark(Description = "CapacityLimiter", OperationsPerInvoke = Workers * Rounds)]
    public Task Limiter()
    {
        var workers = new Task[Workers];
        for (var i = 0; i < Workers; i++)
        {
            workers[i] = WithLimiterAsync();
        }

        return Task.WhenAll(workers);
    }

    private async Task WithSemaphoreAsync()
    {
        for (var i = 0; i < Rounds; i++)
        {
            await _semaphore.WaitAsync();
            await Task.Yield();
            _semaphore.Release();
        }
    }

    private async Task WithLimiterAsync()
    {
        for (var i = 0; i < Rounds; i++)
        {
            using (await _limiter.AcquireAsync())
            {
                await Task.Yield();
            }
        }
    }
}
