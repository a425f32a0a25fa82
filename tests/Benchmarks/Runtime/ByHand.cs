using System;
using System.Threading;
using System.Threading.Tasks;

namespace ScopedTasks.Benchmarks.Runtime;

/// <summary>What people write without a group: a linked token, WhenAll, and cancellation by whoever fails.</summary>
internal static class ByHand
{
    public static async Task TwoAsync(
        Func<CancellationToken, Task> first, Func<CancellationToken, Task> second, CancellationToken outer)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(outer);
        await Task.WhenAll(GuardAsync(first, linked), GuardAsync(second, linked));
    }

    public static async Task<(int First, int Second)> TwoValuesAsync(
        Func<CancellationToken, Task<int>> first, Func<CancellationToken, Task<int>> second, CancellationToken outer)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(outer);
        var firstTask = GuardAsync(first, linked);
        var secondTask = GuardAsync(second, linked);
        await Task.WhenAll(firstTask, secondTask);
        return (await firstTask, await secondTask);
    }

    private static async Task GuardAsync(Func<CancellationToken, Task> work, CancellationTokenSource linked)
    {
        try
        {
            await work(linked.Token);
        }
        catch
        {
            linked.Cancel();
            throw;
        }
    }

    private static async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, CancellationTokenSource linked)
    {
        try
        {
            return await work(linked.Token);
        }
        catch
        {
            linked.Cancel();
            throw;
        }
    }
}
