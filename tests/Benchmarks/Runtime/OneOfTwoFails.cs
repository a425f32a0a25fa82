using System;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>Two children, of which one fails and the other sleeps until it is cancelled.</summary>
[Title("One of two fails")]
public class OneOfTwoFails
{
    private readonly CancellationTokenSource _outer = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = Turns.Count, Description = "linked token and WhenAll")]
    public async Task Hand()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await HandAsync();
    }

    private Task HandAsync() => FailedAsync(ByHand.TwoAsync(Work.FailAsync, Work.SleepAsync, _outer.Token));

    [Gate(1.3)]
    [Benchmark(OperationsPerInvoke = Turns.Count, Description = "lambda form")]
    public async Task Lambda()
    {
        await Task.Yield();
        for (var turn = 0; turn < Turns.Count; turn++)
            await LambdaAsync();
    }

    private Task LambdaAsync() => FailedAsync(TaskGroup.RunAsync(
        static group =>
        {
            group.Spawn(Work.FailAsync);
            group.Spawn(Work.SleepAsync);
        },
        _outer.Token));

    private static async Task FailedAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (InvalidOperationException)
        {
            return;
        }

        throw new NotSupportedException("The work was to fail.");
    }
}
