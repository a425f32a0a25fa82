using System;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>One of 10 000 sleeping children that are started and cancelled.</summary>
[Title("Cancelling one of 10 000 sleepers")]
public class CancelSleepers
{
    private const int Count = 10_000;

    [Benchmark(Baseline = true, Description = "token source and WhenAll", OperationsPerInvoke = Count)]
    public async Task Hand()
    {
        using var source = new CancellationTokenSource();
        var tasks = new Task[Count];
        for (var i = 0; i < Count; i++)
        {
            tasks[i] = SleepAsync(source.Token);
        }

        source.Cancel();
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new NotSupportedException("The sleepers were to be cancelled.");
    }

    [Gate(1.3)]
    [Benchmark(Description = "lambda form", OperationsPerInvoke = Count)]
    public Task Lambda() => TaskGroup.RunAsync(static group =>
    {
        for (var i = 0; i < Count; i++)
        {
            group.Spawn(SleepAsync);
        }

        group.Cancel();
    });

    private static async Task SleepAsync(CancellationToken cancellationToken) =>
        await Work.SleepAsync(cancellationToken);
}
